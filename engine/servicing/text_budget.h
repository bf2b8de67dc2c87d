// SPDX-License-Identifier: Apache-2.0
// A bound on text that is made from a file, where the file could make it grow without end.
#pragma once

#include <cstddef>
#include <cstdint>

namespace casement {

/// Units that may still be made. A small file can ask for much: a long string that is referred to
/// a thousand times, a deep path before each of many names.
class TextBudget {
 public:
  explicit TextBudget(std::uint64_t units) noexcept : left_(units) {}

  /// Takes `units`; false, and nothing more can be had, when there are fewer.
  [[nodiscard]] bool take(std::size_t units) noexcept {
    if (units > left_) {
      left_ = 0;
      exhausted_ = true;
      return false;
    }
    left_ -= units;
    return true;
  }
  bool exhausted() const noexcept { return exhausted_; }

 private:
  std::uint64_t left_;
  bool exhausted_ = false;
};

}  // namespace casement

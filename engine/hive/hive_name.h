// SPDX-License-Identifier: Apache-2.0
// Key and value names as they are stored: Latin-1 or UTF-16LE, without a copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"

namespace casement {

/// Points into the hive.
class HiveName {
 public:
  HiveName() = default;
  HiveName(Bytes raw, bool latin1) noexcept : raw_(raw), latin1_(latin1) {}

  /// UTF-16 units.
  std::size_t size() const noexcept { return latin1_ ? raw_.size() : raw_.size() / 2; }
  bool empty() const noexcept { return size() == 0; }
  /// Precondition: i < size().
  char16_t operator[](std::size_t i) const noexcept {
    return latin1_ ? static_cast<char16_t>(std::to_integer<unsigned>(raw_[i]))
                   : static_cast<char16_t>(get_le<std::uint16_t>(raw_, 2 * i));
  }

  std::u16string to_u16string() const;
  /// As casement::append_utf8.
  void append_utf8(std::string& out) const;
  std::string to_utf8() const;

  bool equals_folded(std::u16string_view other) const noexcept;

  Bytes raw() const noexcept { return raw_; }
  bool is_latin1() const noexcept { return latin1_; }

 private:
  Bytes raw_;
  bool latin1_ = true;
};

}  // namespace casement

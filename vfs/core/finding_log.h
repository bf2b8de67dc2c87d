// SPDX-License-Identifier: Apache-2.0
// Findings of an object that many threads read.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "vfs/core/diagnostics.h"

namespace casement {

/// Diagnostics behind a lock. The same directory is read again and again: each place is reported
/// once for each code.
class FindingLog {
 public:
  /// `code` is a literal; `place` is any number that names the damaged item (its byte offset);
  /// `make_text` gives the text and is called only when the finding is new and will be kept.
  template <class MakeText>
  void add(Severity severity, const char* code, std::uint64_t place, MakeText&& make_text) {
    const std::scoped_lock lock(mutex_);
    // Bounded like the list itself: hostile images could make us remember places without end.
    if (seen_.size() >= Diagnostics::max_kept) {
      if (!seen_.contains({code, place})) {
        findings_.add(severity, code, {});
      }
      return;
    }
    if (seen_.emplace(code, place).second) {
      findings_.add(severity, code, std::forward<MakeText>(make_text)());
    }
  }

  Diagnostics snapshot() const {
    const std::scoped_lock lock(mutex_);
    return findings_;
  }

 private:
  mutable std::mutex mutex_;
  Diagnostics findings_;
  std::set<std::pair<std::string, std::uint64_t>> seen_;
};

}  // namespace casement

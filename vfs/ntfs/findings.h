// SPDX-License-Identifier: Apache-2.0
// What was noticed on one volume, by any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "vfs/core/diagnostics.h"

namespace casement::ntfs {

/// Thread-safe. A finding is kept once for each (code, record), however often its record is read.
class NtfsFindings {
 public:
  void add(Severity severity, const char* code, std::uint64_t record, std::string text);
  void add(const char* code, std::uint64_t record, const Error& error) {
    add(Severity::error, code, record, error.message());
  }

  /// All so far.
  Diagnostics snapshot() const;

 private:
  mutable std::mutex mutex_;
  Diagnostics kept_;
  std::set<std::pair<std::string, std::uint64_t>> seen_;  // at most Diagnostics::max_kept
};

}  // namespace casement::ntfs

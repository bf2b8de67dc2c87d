// SPDX-License-Identifier: Apache-2.0
// Keeping each finding once.
#include "vfs/ntfs/findings.h"

namespace casement::ntfs {

void NtfsFindings::add(Severity severity, const char* code, std::uint64_t record,
                       std::string text) {
  const std::lock_guard lock(mutex_);
  // Once the list is full only its count grows, so there is no need to remember more.
  if (seen_.size() < Diagnostics::max_kept && !seen_.emplace(code, record).second) {
    return;
  }
  kept_.add(severity, code, std::move(text));
}

Diagnostics NtfsFindings::snapshot() const {
  const std::lock_guard lock(mutex_);
  return kept_;
}

}  // namespace casement::ntfs

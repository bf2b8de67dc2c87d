// SPDX-License-Identifier: Apache-2.0
// From libarchive's pieces to content in one piece.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vfs/archive/archive_handle.h"
#include "vfs/archive/archive_member.h"
#include "vfs/archive/archive_state.h"
#include "vfs/core/result.h"

namespace casement {

/// Takes content from front to back.
class ContentTarget {
 public:
  ContentTarget() = default;
  ContentTarget(const ContentTarget&) = delete;
  ContentTarget& operator=(const ContentTarget&) = delete;
  virtual ~ContentTarget() = default;

  /// Bytes so far, holes included.
  virtual std::uint64_t size() const noexcept = 0;
  virtual Result<void> append(Bytes data) = 0;
  /// Adds zeros.
  virtual Result<void> append_hole(std::uint64_t length) = 0;
};

/// Copies the content of the member whose header `handle` gave last, at most the size that the
/// archive's list has; what lies beyond is not read. Gives what is wrong with content that is
/// shorter. Errors: the target cannot take it.
Result<std::optional<Error>> copy_content(ArchiveHandle& handle, const ArchiveMember& member,
                                          ContentTarget& target);

/// "archive-member-damaged". `name` is for people.
void report_damaged_member(ArchiveState& state, std::uint32_t member, const std::string& name,
                           std::uint64_t got, const std::optional<Error>& damage);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The contents of all members of an archive.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "vfs/archive/archive_state.h"
#include "vfs/archive/stream_unpacker.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

namespace casement {

/// Thread-safe; sources keep it alive.
class MemberStore : public std::enable_shared_from_this<MemberStore> {
 public:
  /// Precondition: the state is complete.
  explicit MemberStore(std::unique_ptr<ArchiveState> state)
      : state_(std::move(state)), streamed_(*state_) {}

  /// A source of the declared size. Nothing is unpacked before the first read, whose errors are
  /// those of unpacking. unsupported: the member is encrypted. Precondition: there is such a
  /// member.
  Result<SourcePtr> open(std::uint32_t member, std::string name) const;

  /// The content now. Stored members are ranges of the archive.
  Result<SourcePtr> content(std::uint32_t member, const std::string& name) const;

  const ArchiveState& state() const noexcept { return *state_; }
  UniqueFindings& findings() const noexcept { return state_->findings; }
  /// See StreamUnpacker::passes().
  std::uint32_t passes() const { return streamed_.passes(); }

 private:
  Result<SourcePtr> stored(std::uint64_t offset, std::uint64_t size, const std::string& name) const;

  std::unique_ptr<ArchiveState> state_;
  mutable StreamUnpacker streamed_;
};

}  // namespace casement

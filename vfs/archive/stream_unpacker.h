// SPDX-License-Identifier: Apache-2.0
// Members that are reached only by reading the archive up to them.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "vfs/archive/archive_handle.h"
#include "vfs/archive/archive_state.h"
#include "vfs/archive/unpack_budget.h"
#include "vfs/archive/unpacked.h"
#include "vfs/core/result.h"
#include "vfs/source/file_spill.h"

namespace casement {

/// Keeps one place in the archive and goes on from there when the wanted member lies ahead; what is
/// behind it means to begin again. In a solid archive, where the way is as long as the archive,
/// this is done ArchiveOptions::max_rewinds times; then one pass puts everything aside. So the cost
/// of reading all members, in whatever order, is a few passes and never one a member. Thread-safe:
/// one thread reads, others wait.
class StreamUnpacker {
 public:
  /// `state` must outlive it.
  explicit StreamUnpacker(ArchiveState& state);

  /// What is unpacked goes into the state's cache too. A member that is damaged is given as far as
  /// it goes, with the finding "archive-member-damaged". corrupt, truncated, unsupported: the
  /// archive cannot be read up to the member. limit_exceeded: what lies before it unpacks to more
  /// than is believable, or there is no room for it.
  Result<SourcePtr> unpack(std::uint32_t member, const std::string& name);

  /// How often the archive was read from its beginning.
  std::uint32_t passes() const;

 private:
  /// A header that cannot be passed: it and what follows is out of reach.
  struct Wall {
    std::uint32_t ordinal = 0;
    Error error;
  };

  Result<void> advance_to(std::uint32_t ordinal);
  Result<void> begin_again();
  Result<void> pass_header();
  Result<Unpacked> read_member(std::uint32_t member, const std::string& name);
  Result<void> keep_in_passing(std::uint32_t member);
  void take_wall(const std::optional<Error>& damage);
  Result<void> spend(std::uint32_t member);
  bool should_unpack_all() const;
  Result<void> unpack_all();
  Result<void> copy_all(FileSpill& spill);
  std::optional<std::uint32_t> member_at(std::uint32_t ordinal) const;

  /// One member of the file that unpack_all() made.
  struct Piece {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    bool reached = false;
    std::optional<Error> damage;
  };

  ArchiveState& state_;
  const bool solid_;
  std::vector<std::optional<std::uint32_t>> members_;  // by ordinal
  mutable std::mutex mutex_;
  std::unique_ptr<ArchiveHandle> handle_;
  std::uint32_t ordinal_ = 0;  // of the header that comes next
  UnpackBudget budget_;
  std::uint32_t passes_ = 0;
  std::optional<Wall> wall_;
  bool tried_all_ = false;
  SourcePtr all_;              // what unpack_all() made
  std::vector<Piece> pieces_;  // by member
};

}  // namespace casement

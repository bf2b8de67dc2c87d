// SPDX-License-Identifier: Apache-2.0
// Bytes put aside in a nameless temporary file of the host, then read as a source.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/byte_source.h"

namespace casement {

/// A temporary file that never has a name that anybody could find: O_TMPFILE, or made and unlinked
/// at once. It lies in the host's directory for temporary files ($TMPDIR) and is gone with its last
/// user, however the program ends. Nothing of an image decides where it lies. Written by one
/// thread, from front to back.
class FileSpill {
 public:
  /// Room that is always left on the host's file system: a full disk hurts everybody.
  static constexpr std::uint64_t reserved_room = std::uint64_t{256} << 20;

  /// `max_stored` bounds the bytes that append() may store. access_denied, not_found, io_failed: as
  /// the host says.
  static Result<FileSpill> create(std::uint64_t max_stored);

  FileSpill(FileSpill&& other) noexcept;
  FileSpill& operator=(FileSpill&& other) noexcept;
  ~FileSpill();

  /// limit_exceeded: more than `max_stored`, or what the host's file system has room for.
  Result<void> append(Bytes data);
  /// `length` zeros that take no room.
  Result<void> append_hole(std::uint64_t length);

  /// Bytes so far, holes included.
  std::uint64_t size() const noexcept { return size_; }
  /// Bytes that were stored.
  std::uint64_t stored() const noexcept { return stored_; }

  /// Ends the writing. `name` is used in messages.
  Result<SourcePtr> finish(std::string name) &&;

 private:
  FileSpill(int fd, std::uint64_t max_stored) noexcept : fd_(fd), max_stored_(max_stored) {}
  Result<void> check_room(std::uint64_t length);

  int fd_;
  std::uint64_t max_stored_;
  std::uint64_t size_ = 0;
  std::uint64_t stored_ = 0;
  std::uint64_t room_ = 0;  // known to be there still
};

}  // namespace casement

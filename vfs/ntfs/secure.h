// SPDX-License-Identifier: Apache-2.0
// $Secure: the security descriptors of a volume, shared by all files that have the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/ntfs/index.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

/// Where a descriptor is in $SDS.
struct SecurityPlace {
  std::uint32_t hash = 0;
  std::uint32_t id = 0;
  std::uint64_t offset = 0;
  std::uint32_t size = 0;  // with its header

  friend bool operator==(const SecurityPlace&, const SecurityPlace&) = default;
};

/// The $SDS stream. Thread-safe.
class SecurityStream {
 public:
  /// Precondition: `stream` is not null.
  explicit SecurityStream(SourcePtr stream);

  /// The self-relative descriptor at `place`, or its copy 256 KiB further. corrupt, truncated:
  /// neither has the header that the place says, or the hash of neither is right.
  Result<std::vector<std::byte>> read(const SecurityPlace& place) const;

  /// Goes through the stream, at most `max_size` bytes of it, for what is at its place and whole.
  /// io_failed.
  Result<std::map<std::uint32_t, SecurityPlace>> list(std::uint64_t max_size) const;

 private:
  Result<std::vector<std::byte>> read_at(const SecurityPlace& place, std::uint64_t offset) const;

  SourcePtr stream_;
};

/// Descriptors by security id. Thread-safe. Nothing is read before the first question.
class SecurityTable {
 public:
  explicit SecurityTable(NtfsVolumePtr volume);

  /// not_found: there is no descriptor of this id. Where the index $SII does not lead to it, $SDS
  /// is searched (finding "security-index-damaged"). corrupt, truncated, io_failed.
  Result<std::vector<std::byte>> find(std::uint32_t id) const;

 private:
  Result<void> load() const;
  Result<std::optional<SecurityPlace>> find_indexed(std::uint32_t id) const;
  Result<std::optional<SecurityPlace>> find_listed(std::uint32_t id) const;

  NtfsVolumePtr volume_;
  mutable std::mutex mutex_;  // load(), and listed_
  mutable bool loaded_ = false;
  mutable std::optional<Error> error_;
  mutable std::unique_ptr<const SecurityStream> stream_;
  mutable IndexTreePtr index_;  // null: it cannot be used
  mutable std::optional<std::map<std::uint32_t, SecurityPlace>> listed_;
};

/// The hash that $SDS keeps of a descriptor.
std::uint32_t security_hash(Bytes descriptor) noexcept;

}  // namespace casement::ntfs

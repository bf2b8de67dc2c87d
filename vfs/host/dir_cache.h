// SPDX-License-Identifier: Apache-2.0
// Directory indexes that were read, for as long as their directories do not change. POSIX only.
#pragma once

#include <cstdint>
#include <ctime>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "vfs/fs/file_system.h"
#include "vfs/host/dir_index.h"

namespace casement {

/// What a directory's index depends on. Two equal stamps mean the same content, unless a change
/// came within the clock step of the host's time stamps (see DirCache::settle_seconds).
struct DirStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::timespec modified = {};
  std::timespec changed = {};
};
bool same_stamp(const DirStamp& a, const DirStamp& b) noexcept;

/// Bounded. Thread-safe.
class DirCache {
 public:
  /// A directory that changed less than this before it was read may change again without a new time
  /// stamp: FAT counts in steps of 2 s, and nothing that can be mounted is coarser.
  static constexpr std::time_t settle_seconds = 2;
  /// Names kept over all directories, about 100 bytes each.
  static constexpr std::size_t max_names = 500'000;

  /// The index read under the same stamp, or null.
  std::shared_ptr<const DirIndex> find(NodeId directory, const DirStamp& stamp) const;

  /// Keeps an index that was read when the clock showed `now` (seconds since 1970), unless the
  /// directory had not settled.
  void keep(NodeId directory, const DirStamp& stamp, std::time_t now,
            std::shared_ptr<const DirIndex> index);

 private:
  struct Entry {
    DirStamp stamp;
    std::shared_ptr<const DirIndex> index;
  };
  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, Entry> entries_;
  std::size_t names_ = 0;
};

}  // namespace casement

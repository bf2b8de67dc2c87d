// SPDX-License-Identifier: Apache-2.0
// From NodeInfo to struct stat.
#include "tools/casement/fuse/node_facts.h"

#include "vfs/fs/reparse.h"

namespace casement::cli {
namespace {

constexpr mode_t directory_mode = S_IFDIR | 0555;
constexpr mode_t file_mode = S_IFREG | 0444;
constexpr mode_t link_mode = S_IFLNK | 0777;

constexpr std::uint64_t stat_block = 512;  // the unit of st_blocks, everywhere
constexpr blksize_t preferred_read = 4096;

mode_t mode_of(InodeKind kind) noexcept {
  switch (kind) {
    case InodeKind::directory:
      return directory_mode;
    case InodeKind::link:
      return link_mode;
    case InodeKind::file:
      break;
  }
  return file_mode;
}

/// 0 allocated bytes mean "not known", but for a file that has holes.
std::uint64_t blocks_of(const NodeInfo& info) noexcept {
  const bool known = info.allocated_size != 0 || (info.attributes & file_attribute::sparse) != 0;
  const std::uint64_t bytes = known ? info.allocated_size : info.size;
  return bytes / stat_block + (bytes % stat_block == 0 ? 0 : 1);
}

}  // namespace

InodeKind kind_of(const NodeInfo& info) noexcept {
  if (info.kind == NodeKind::directory) {
    return InodeKind::directory;
  }
  return info.kind == NodeKind::reparse_point && is_link_tag(info.reparse_tag) ? InodeKind::link
                                                                               : InodeKind::file;
}

std::uint64_t shown_number(std::size_t volume, NodeId node) noexcept {
  // 2^64 divided by the golden ratio: far from the differences that node numbers have.
  constexpr std::uint64_t step = 0x9E37'79B9'7F4A'7C15;
  const std::uint64_t number = node.value + volume * step;
  return number == 0 ? ~number : number;
}

timespec to_timespec(FileTime time) noexcept {
  constexpr std::uint64_t ticks_per_second = 10'000'000;
  constexpr std::uint64_t nanoseconds_per_tick = 100;
  timespec out = {};
  if (const auto seconds = time.unix_seconds()) {
    out.tv_sec = *seconds;
    out.tv_nsec = static_cast<long>(time.ticks % ticks_per_second * nanoseconds_per_tick);
  }
  return out;
}

struct stat to_stat(InodeKind kind, const NodeInfo& info) noexcept {
  struct stat facts = {};
  facts.st_mode = mode_of(kind);
  // One link says of a directory that its subdirectories are not counted.
  facts.st_nlink = kind == InodeKind::directory ? 1 : info.link_count;
  facts.st_size = static_cast<off_t>(info.size);
  facts.st_blocks = static_cast<blkcnt_t>(blocks_of(info));
  facts.st_blksize = preferred_read;
  facts.st_atim = to_timespec(info.accessed);
  facts.st_mtim = to_timespec(info.modified);
  facts.st_ctim = to_timespec(info.changed.is_set() ? info.changed : info.modified);
  return facts;
}

struct stat synthetic_directory() noexcept {
  struct stat facts = {};
  facts.st_mode = directory_mode;
  facts.st_nlink = 1;
  facts.st_ino = root_inode;
  facts.st_blksize = preferred_read;
  return facts;
}

}  // namespace casement::cli

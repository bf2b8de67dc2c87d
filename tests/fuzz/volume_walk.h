// SPDX-License-Identifier: Apache-2.0
// Reads everything that a small file system offers; shared by the targets of whole volumes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "vfs/fs/file_system.h"
#include "vfs/fs/tree_walker.h"

namespace casement::fuzz {

/// Steps of one walk: inputs are small, directories that share clusters make many of them.
inline constexpr std::uint64_t max_walk_steps = 3000;

inline void read_ends(const FileSystem& volume, NodeId node) {
  const auto source = volume.open(node, {});
  if (!source) {
    return;
  }
  std::array<std::byte, 4096> block{};
  const std::uint64_t size = (*source)->size();
  const auto count = std::min<std::uint64_t>(size, block.size());
  (void)(*source)->read(0, std::span(block).first(count));
  (void)(*source)->read(size - count, std::span(block).first(count));
}

inline void walk_volume(const FileSystemPtr& volume) {
  (void)volume->info();
  TreeWalker walker(volume);
  for (std::uint64_t step = 0; step < max_walk_steps; ++step) {
    const auto entry = walker.next();
    if (entry && !*entry) {
      break;
    }
    if (entry) {
      (void)volume->stat((*entry)->entry.node);
      (void)volume->lookup((*entry)->parent, (*entry)->entry.name);
      read_ends(*volume, (*entry)->entry.node);
    }
  }
  const auto scan = volume->scan({.deleted = true});
  for (std::uint64_t step = 0; step < max_walk_steps && scan && *scan; ++step) {
    const auto entry = (*scan)->next();
    if (entry && !*entry) {
      break;
    }
    if (entry && (*entry)->deleted) {
      read_ends(*volume, (*entry)->node);
    }
  }
  (void)volume->diagnostics();
}

}  // namespace casement::fuzz

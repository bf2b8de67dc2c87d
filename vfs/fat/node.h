// SPDX-License-Identifier: Apache-2.0
// What one directory slot says of its file.
#pragma once

#include <cstdint>

#include "vfs/fat/fat_layout.h"
#include "vfs/fat/geometry.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// A file or directory: the slot with its 8.3 name, and where it lies.
struct FatNode {
  std::uint64_t offset = 0;  // of the slot on the volume
  /// The slot is deleted, or lies in a directory that is: nothing links its clusters any more.
  bool deleted = false;
  fat_layout::DirectorySlot slot{};

  bool is_directory() const noexcept;
  NodeKind kind() const noexcept;
  /// 0 where there is none. FAT12 and FAT16 have the low half only.
  std::uint32_t first_cluster(FatType type) const noexcept;
  std::uint64_t size() const noexcept { return slot.size.value(); }
  NodeInfo info(const FatGeometry& geometry) const noexcept;
  /// What no two directories share: the first cluster.
  std::uint64_t place(const FatGeometry& geometry) const noexcept {
    return first_cluster(geometry.type);
  }

  /// The slot's offset, with the top bit set for deleted ones. The root directory has no slot; its
  /// id is 0, where the boot sector is.
  NodeId id() const noexcept;
};

struct FatNodePlace {
  std::uint64_t offset = 0;
  bool deleted = false;
};
FatNodePlace place_of(NodeId id) noexcept;

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What the first two slots of an entry set say of their file.
#pragma once

#include <cstdint>

#include "vfs/exfat/exfat_layout.h"
#include "vfs/exfat/geometry.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// A file or directory, and where its set of slots begins.
struct ExfatNode {
  std::uint64_t offset = 0;  // of the first slot on the volume
  /// The set is deleted, or lies in a directory that is.
  bool deleted = false;
  /// The directory that the set lies in has no FAT chain: the set may go on in the next cluster.
  bool in_contiguous = false;
  exfat_layout::FileSlot file{};
  exfat_layout::StreamSlot stream{};

  bool is_directory() const noexcept;
  NodeKind kind() const noexcept;
  std::uint64_t size() const noexcept { return stream.data_length.value(); }
  std::uint32_t first_cluster() const noexcept { return stream.first_cluster.value(); }
  bool has_fat_chain() const noexcept { return (stream.flags & exfat_layout::no_fat_chain) == 0; }
  NodeInfo info(const ExfatGeometry& geometry) const noexcept;
  /// What no two directories share: the first cluster, or, because empty directories may have none,
  /// their sets.
  std::uint64_t place(const ExfatGeometry& /*geometry*/) const noexcept {
    return first_cluster() != 0 ? first_cluster() : ~offset;
  }

  /// The offset, with the two top bits for `deleted` and `in_contiguous`. The root directory has no
  /// set; its id is 0, where the boot sector is.
  NodeId id() const noexcept;
};

struct ExfatNodePlace {
  std::uint64_t offset = 0;
  bool deleted = false;
  bool in_contiguous = false;
};
ExfatNodePlace exfat_place_of(NodeId id) noexcept;

/// `size` in clusters, rounded up.
constexpr std::uint64_t clusters_for(std::uint64_t size, std::uint32_t cluster_size) noexcept {
  return size / cluster_size + (size % cluster_size != 0 ? 1 : 0);
}

}  // namespace casement

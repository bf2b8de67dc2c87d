// SPDX-License-Identifier: Apache-2.0
// Which volumes of an image lie on one disk, and how boot configurations count them there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/open/opener.h"

namespace casement {

/// Disks by what their volumes say. Copies of one disk, which have all identifiers in common, are
/// told apart: a place that is taken begins the next disk.
class DiskMap {
 public:
  /// Precondition: `opened` outlives this.
  explicit DiskMap(const OpenedImage& opened);

  /// false when nothing is known of either (directories): then only a volume itself is on its disk.
  bool same_disk(std::size_t a, std::size_t b) const noexcept { return disks_[a] == disks_[b]; }

  /// As ARC names count: Partition::arc_ordinal; where the table is not known but the start of each
  /// volume of an MBR disk is, the place among them. nullopt: neither is known.
  std::optional<std::uint32_t> arc_ordinal(std::size_t volume) const;

  /// The N of \Device\HarddiskVolumeN on a machine with this disk alone: partitions without
  /// reserved ones, from 1. nullopt: no partition.
  std::optional<std::uint32_t> volume_ordinal(std::size_t volume) const;

 private:
  const OpenedImage& opened_;
  std::vector<std::size_t> disks_;  // by volume
};

}  // namespace casement

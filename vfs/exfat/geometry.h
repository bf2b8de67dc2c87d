// SPDX-License-Identifier: Apache-2.0
// Where everything lies on an exFAT volume, checked.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/source/cluster/cluster_table.h"

namespace casement {

/// No field needs another check: the parts lie one after another within 2^57 bytes, sizes are
/// powers of two, the root cluster exists, every cluster has an entry in the FAT. The volume's
/// source may still be shorter.
struct ExfatGeometry {
  std::uint32_t sector_size = 0;   // 512, 1024, 2048 or 4096
  std::uint32_t cluster_size = 0;  // bytes, at most 32 MiB
  std::uint64_t fat_offset = 0;    // of the first FAT, in bytes
  std::uint64_t fat_size = 0;      // bytes of one FAT
  std::uint32_t fat_count = 0;     // 2: TexFAT
  std::uint32_t active_fat = 0;    // the one to read
  std::uint64_t heap_offset = 0;   // of cluster 2
  std::uint32_t cluster_count = 0;
  std::uint32_t root_cluster = 0;
  std::uint64_t volume_size = 0;       // bytes
  std::uint64_t partition_offset = 0;  // sectors
  std::uint32_t serial = 0;
  std::uint8_t major_revision = 0;
  std::uint8_t minor_revision = 0;
  bool dirty = false;
  bool media_failure = false;

  ClusterTableLayout table() const noexcept;
};

/// Whether a sector names itself exFAT, be it damaged or not.
bool claims_exfat(Bytes sector) noexcept;

/// bad_format: does not name itself exFAT. truncated: shorter than 512 bytes. unsupported: another
/// major revision. corrupt: impossible values, each named.
Result<ExfatGeometry> parse_exfat_boot_sector(Bytes sector);

}  // namespace casement

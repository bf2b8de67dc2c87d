// SPDX-License-Identifier: Apache-2.0
// Where everything lies on a FAT volume, checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vfs/core/bytes.h"
#include "vfs/core/unique_findings.h"
#include "vfs/source/cluster/cluster_table.h"

namespace casement {

enum class FatType : std::uint8_t { fat12, fat16, fat32 };

/// "FAT12", "FAT16", "FAT32".
const char* to_string(FatType type) noexcept;

/// No field needs another check: the parts lie one after another within 2^45 bytes, sizes are
/// powers of two, the root cluster exists, every cluster has an entry in each FAT. The volume's
/// source may still be shorter.
struct FatGeometry {
  FatType type = FatType::fat12;
  std::uint32_t sector_size = 0;   // 512, 1024, 2048 or 4096
  std::uint32_t cluster_size = 0;  // bytes
  std::uint64_t fat_offset = 0;    // of the first FAT, in bytes
  std::uint64_t fat_size = 0;      // bytes of one FAT
  std::uint32_t fat_count = 0;
  std::uint32_t active_fat = 0;     // the one to read
  bool mirrored = true;             // all FATs are the same
  std::uint64_t root_offset = 0;    // FAT12 and FAT16: the fixed area
  std::uint32_t root_slots = 0;     // FAT12 and FAT16
  std::uint32_t root_cluster = 0;   // FAT32
  std::uint64_t heap_offset = 0;    // of cluster 2
  std::uint32_t cluster_count = 0;  // clusters are 2 to cluster_count + 1
  std::uint64_t volume_size = 0;    // bytes
  std::uint32_t hidden_sectors = 0;
  std::uint8_t media = 0;
  std::uint32_t backup_sector = 0;  // FAT32: 0 where there is none
  std::uint32_t info_sector = 0;    // FAT32: 0 where there is none
  std::optional<std::uint32_t> serial;
  std::u16string label;     // of the boot sector; empty when there is none
  std::u16string oem_name;  // without trailing spaces
  bool dirty = false;       // by the boot sector

  /// The chosen FAT.
  ClusterTableLayout table() const noexcept { return table(active_fat); }
  ClusterTableLayout table(std::uint32_t index) const noexcept;
};

/// Whether a sector claims to hold a FAT volume, be it damaged or not: the parameters are
/// plausible, or it names itself FAT where FAT does. BitLocker volumes do so too and are not meant.
bool claims_fat(Bytes sector);

/// What a FAT32 boot sector at `offset` must show to be believed as the backup of the first one.
bool is_backup_boot_sector(Bytes sector, std::uint64_t offset);

/// 55 AA at its end. Precondition: 512 bytes.
bool has_boot_signature(Bytes sector) noexcept;

/// bad_format: does not claim to be FAT. truncated: shorter than 512 bytes. corrupt: impossible
/// values, each named. `findings` gets what is odd but harmless.
Result<FatGeometry> parse_boot_sector(Bytes sector, UniqueFindings& findings);

}  // namespace casement

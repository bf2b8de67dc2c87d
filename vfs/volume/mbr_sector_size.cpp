// SPDX-License-Identifier: Apache-2.0
// Counts in sectors fit one sector size only: the one at which partitions begin with what they
// should begin with.
#include "vfs/volume/mbr_sector_size.h"

#include <algorithm>
#include <array>

#include "vfs/core/checked.h"
#include "vfs/volume/boot_sector.h"
#include "vfs/volume/mbr_layout.h"
#include "vfs/volume/partition_type.h"

namespace casement {
namespace {

/// Whether `entry` begins as it should on a disk with sectors of this size. What cannot be read
/// proves nothing.
bool fits(const ByteSource& disk, const MbrEntry& entry, std::uint32_t sector_size) {
  std::array<std::byte, sizeof(mbr_layout::BootSector)> sector{};
  const auto offset = checked_mul(entry.first_sector, sector_size);
  if (!offset || !in_range(disk.size(), *offset, sector.size()) || !disk.read(*offset, sector)) {
    return false;
  }
  if (is_extended_type(entry.type)) {
    const auto record = parse_boot_record(sector);
    return record && !record->entries.empty() && !volume_sector_size(sector);
  }
  return volume_sector_size(sector) == sector_size;
}

}  // namespace

std::uint32_t mbr_sector_size(const ByteSource& disk, const BootRecord& record,
                              std::span<const std::uint32_t> sizes) {
  for (const std::uint32_t size : sizes) {
    if (std::any_of(record.entries.begin(), record.entries.end(),
                    [&](const MbrEntry& entry) { return fits(disk, entry, size); })) {
      return size;
    }
  }
  return sizes.front();
}

}  // namespace casement

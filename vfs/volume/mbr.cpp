// SPDX-License-Identifier: Apache-2.0
// The four entries of the first sector, and whether they make sense.
#include "vfs/volume/mbr.h"

#include <algorithm>

#include "vfs/volume/mbr_entry.h"
#include "vfs/volume/mbr_layout.h"
#include "vfs/volume/partition_type.h"

namespace casement {

using namespace mbr_layout;

SlotKind slot_kind(const Entry& entry) {
  // A deleted entry keeps its place on disk; Windows goes by the type, Linux by the length.
  if (entry.type == 0 || entry.sector_count.value() == 0) {
    return entry.type == 0 && entry.status == 0 ? SlotKind::empty : SlotKind::malformed;
  }
  const bool status_fits = entry.status == 0 || entry.status == status_active;
  return status_fits && entry.first_sector.value() != 0 ? SlotKind::used : SlotKind::malformed;
}

bool BootRecord::overlaps() const noexcept {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (std::size_t j = i + 1; j < entries.size(); ++j) {
      const MbrEntry& a = entries[i];
      const MbrEntry& b = entries[j];
      // Both ends fit 33 bits.
      if (a.first_sector < b.first_sector + b.sector_count &&
          b.first_sector < a.first_sector + a.sector_count) {
        return true;
      }
    }
  }
  return false;
}

std::optional<BootRecord> parse_boot_record(Bytes sector) {
  const auto stored = load<mbr_layout::BootSector>(sector, 0, "first sector");
  if (!stored || stored->signature.value() != boot_signature) {
    return std::nullopt;
  }
  BootRecord record;
  record.disk_signature = stored->disk_signature.value();
  for (std::uint32_t slot = 1; slot <= stored->entries.size(); ++slot) {
    const Entry& entry = stored->entries[slot - 1];
    const SlotKind kind = slot_kind(entry);
    if (entry.type == protective_type) {
      const std::uint64_t behind =
          std::uint64_t{entry.first_sector.value()} + entry.sector_count.value();
      record.protected_to = std::max(record.protected_to.value_or(0), behind == 0 ? 0 : behind - 1);
    }
    if (kind == SlotKind::malformed) {
      record.malformed.push_back(slot);
    } else if (kind == SlotKind::used) {
      record.entries.push_back({.number = slot,
                                .type = entry.type,
                                .active = entry.status == status_active,
                                .logical = false,
                                .first_sector = entry.first_sector.value(),
                                .sector_count = entry.sector_count.value()});
    }
  }
  return record;
}

}  // namespace casement

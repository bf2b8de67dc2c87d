// SPDX-License-Identifier: Apache-2.0
// Reading the first sector and believing, or not believing, a backup.
#include "vfs/fat/boot_sector.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>

#include "vfs/fat/fat_layout.h"

namespace casement {
namespace {

namespace layout = fat_layout;

/// The sector size is not known when the first sector is damaged.
constexpr std::array<std::uint64_t, 4> sector_sizes = {512, 1024, 2048, 4096};

Result<std::array<std::byte, layout::boot_sector_size>> read_sector(const ByteSource& volume,
                                                                    std::uint64_t offset) {
  std::array<std::byte, layout::boot_sector_size> sector{};
  CASEMENT_TRY(volume.read(offset, sector).with_context([&] {
    return fmt::format("boot sector at 0x{:x}", offset);
  }));
  return sector;
}

/// A backup is believed only when everything speaks for it: old ones lie around on disks that were
/// formatted anew.
std::optional<std::uint64_t> find_backup(const ByteSource& volume) {
  for (const std::uint64_t sector_size : sector_sizes) {
    const std::uint64_t offset = layout::backup_sector * sector_size;
    const auto sector = read_sector(volume, offset);
    if (sector && is_backup_boot_sector(*sector, offset)) {
      return offset;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<FatGeometry> read_boot_sector(const ByteSource& volume, UniqueFindings& findings) {
  const auto sector = read_sector(volume, 0);
  auto geometry = sector ? parse_boot_sector(*sector, findings)
                         : Result<FatGeometry>(std::unexpected(sector.error()));
  if (geometry) {
    return geometry;
  }
  const auto backup = find_backup(volume);
  if (!backup) {
    return geometry;
  }
  const auto copy = CASEMENT_TRY(read_sector(volume, *backup));
  auto restored = parse_boot_sector(copy, findings);
  if (!restored) {
    return geometry;  // the first one's error says more
  }
  findings.add(Severity::warning, "fat-backup-boot-sector", 0, [&] {
    return fmt::format("the backup boot sector at 0x{:x} is used: {}", *backup,
                       geometry.error().message());
  });
  return restored;
}

Result<bool> find_boot_sector(const ByteSource& volume) {
  if (volume.size() < layout::boot_sector_size) {
    return false;
  }
  const auto sector = read_sector(volume, 0);
  if (sector && claims_fat(*sector)) {
    return true;
  }
  // Somebody else's boot sector in front of an old backup is somebody else's volume.
  const bool damaged = !sector || !has_boot_signature(*sector);
  if (damaged && find_backup(volume)) {
    return true;
  }
  if (!sector) {
    return std::unexpected(sector.error());
  }
  return false;
}

}  // namespace casement

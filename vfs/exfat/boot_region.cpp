// SPDX-License-Identifier: Apache-2.0
// Checksums, and which of the two regions to believe.
#include "vfs/exfat/boot_region.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <optional>
#include <string>
#include <vector>

#include "vfs/exfat/exfat_layout.h"

namespace casement {
namespace {

namespace layout = exfat_layout;

/// The sector size is not known when the first sector is damaged.
constexpr std::array<std::uint64_t, 4> sector_sizes = {512, 1024, 2048, 4096};

using BootBytes = std::array<std::byte, layout::boot_sector_size>;

Result<BootBytes> read_sector(const ByteSource& volume, std::uint64_t offset) {
  BootBytes sector{};
  CASEMENT_TRY(volume.read(offset, sector).with_context([&] {
    return fmt::format("boot sector at 0x{:x}", offset);
  }));
  return sector;
}

/// "Boot Checksum": of the first eleven sectors, compared with the twelfth.
Result<bool> checksum_is_right(const ByteSource& volume, std::uint64_t offset,
                               std::uint32_t sector_size) {
  std::vector<std::byte> region(layout::boot_region_sectors * sector_size);
  CASEMENT_TRY(volume.read(offset, region).with_context([&] {
    return fmt::format("boot region at 0x{:x}", offset);
  }));
  const std::size_t summed = region.size() - sector_size;
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < summed; ++i) {
    const bool left_out =
        i == layout::flags_offset || i == layout::flags_offset + 1 || i == layout::percent_offset;
    if (!left_out) {
      sum = std::rotr(sum, 1) + std::to_integer<std::uint32_t>(region[i]);
    }
  }
  return get_le<std::uint32_t>(region, summed) == sum;
}

struct Region {
  ExfatGeometry geometry;
  bool checksum_right = false;
};

Result<Region> read_region(const ByteSource& volume, std::uint64_t offset) {
  const BootBytes sector = CASEMENT_TRY(read_sector(volume, offset));
  Region region;
  region.geometry = CASEMENT_TRY(parse_exfat_boot_sector(sector));
  const auto right = checksum_is_right(volume, offset, region.geometry.sector_size);
  region.checksum_right = right && *right;
  return region;
}

/// A backup with a right checksum, where its own sector size puts it.
std::optional<Region> read_backup(const ByteSource& volume) {
  for (const std::uint64_t sector_size : sector_sizes) {
    const auto region = read_region(volume, layout::backup_sector * sector_size);
    if (region && region->checksum_right && region->geometry.sector_size == sector_size) {
      return *region;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<ExfatGeometry> read_exfat_boot_region(const ByteSource& volume, UniqueFindings& findings) {
  auto main = read_region(volume, 0);
  if (main && main->checksum_right) {
    return main->geometry;
  }
  const std::string reason =
      main ? std::string("the checksum of the main boot region is wrong") : main.error().message();
  const auto backup = read_backup(volume);
  if (backup) {
    findings.add(Severity::warning, "exfat-backup-boot-region", 0,
                 [&] { return fmt::format("the backup boot region is used: {}", reason); });
    return backup->geometry;
  }
  if (!main) {
    return std::unexpected(std::move(main).error());
  }
  findings.add(Severity::warning, "exfat-boot-checksum", 0,
               [&] { return fmt::format("{}, and there is no good backup", reason); });
  return main->geometry;
}

Result<bool> find_exfat_boot_sector(const ByteSource& volume) {
  if (volume.size() < layout::boot_sector_size) {
    return false;
  }
  const auto sector = read_sector(volume, 0);
  if (sector && claims_exfat(*sector)) {
    return true;
  }
  // Somebody else's boot sector in front of an old backup is somebody else's volume.
  const bool damaged = !sector || get_le<std::uint16_t>(*sector, layout::boot_sector_size - 2) !=
                                      layout::boot_signature;
  if (damaged && read_backup(volume)) {
    return true;
  }
  if (!sector) {
    return std::unexpected(sector.error());
  }
  return false;
}

}  // namespace casement

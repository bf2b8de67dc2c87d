// SPDX-License-Identifier: Apache-2.0
// Checks on the boot sector, and the search for its backup.
#include "vfs/ntfs/boot_sector.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <string_view>
#include <utility>

#include "vfs/core/checked.h"
#include "vfs/ntfs/boot_sector_layout.h"

namespace casement::ntfs {
namespace {

using Layout = ntfs_layout::BootSector;

constexpr std::size_t sector_bytes = sizeof(Layout);
constexpr std::string_view ntfs_name = "NTFS    ";
constexpr std::size_t name_offset = offsetof(Layout, oem_name);
constexpr std::uint32_t min_sector_size = 256;
constexpr std::uint32_t max_sector_size = 4096;
constexpr std::uint32_t min_cluster_size = 512;
constexpr std::uint32_t max_cluster_size = 2U << 20;  // Windows 10 1709
/// Windows writes records of 1024 or 4096 bytes and index blocks of 4096; a cluster of 64 KiB was
/// the largest for many years, and either may be one cluster.
constexpr std::uint32_t min_block_size = 512;
constexpr std::uint32_t max_block_size = 64U << 10;

bool is_power_of_two(std::uint64_t value, std::uint64_t least, std::uint64_t most) noexcept {
  return std::has_single_bit(value) && value >= least && value <= most;
}

Result<std::uint32_t> parse_cluster_size(std::uint32_t sector_size, std::uint8_t stored) {
  // Up to 128 a count; large clusters store the negative power of two, 2^1 to 2^12 sectors.
  const std::uint64_t sectors =
      stored >= 0xF4 ? std::uint64_t{1} << (256U - stored) : std::uint64_t{stored};
  const std::uint64_t size = sectors * sector_size;
  if (!is_power_of_two(size, min_cluster_size, max_cluster_size)) {
    return fail(Status::corrupt,
                fmt::format("boot sector at 0x0d: 0x{:02x} sectors of {} bytes in a cluster, "
                            "expected a power of two of 512 bytes to 2 MiB",
                            stored, sector_size));
  }
  return static_cast<std::uint32_t>(size);
}

Result<std::uint32_t> parse_block_size(std::uint32_t cluster_size, std::uint8_t stored,
                                       const char* what, unsigned offset) {
  std::uint64_t size = std::uint64_t{stored} * cluster_size;
  if (stored >= 0x80) {
    const unsigned shift = 256U - stored;
    size = shift < 32 ? std::uint64_t{1} << shift : 0;
  }
  if (!is_power_of_two(size, min_block_size, max_block_size)) {
    return fail(Status::corrupt,
                fmt::format("boot sector at 0x{:02x}: {} 0x{:02x} with clusters of {} bytes, "
                            "expected a power of two of 512 bytes to 64 KiB",
                            offset, what, stored, cluster_size));
  }
  return static_cast<std::uint32_t>(size);
}

Result<void> parse_extent(const Layout& disk, NtfsGeometry& geometry) {
  const std::uint64_t sectors = disk.sector_count.value();
  const auto size = checked_mul(sectors, geometry.sector_size);
  if (!size || *size > 0x7FFF'FFFF'FFFF'FFFF) {
    return fail(Status::corrupt,
                fmt::format("boot sector at 0x28: 0x{:x} sectors of {} bytes are more than 2^63 "
                            "bytes",
                            sectors, geometry.sector_size));
  }
  geometry.volume_size = *size;
  geometry.cluster_count = *size / geometry.cluster_size;
  geometry.mft_lcn = disk.mft_lcn.value();
  geometry.mft_mirror_lcn = disk.mft_mirror_lcn.value();
  if (geometry.mft_lcn >= geometry.cluster_count) {
    return fail(Status::corrupt, fmt::format("boot sector at 0x30: the MFT at cluster 0x{:x}, but "
                                             "the volume has 0x{:x} clusters",
                                             geometry.mft_lcn, geometry.cluster_count));
  }
  return {};
}

using Sector = std::array<std::byte, sector_bytes>;

Result<Sector> read_sector(const ByteSource& volume, std::uint64_t offset) {
  Sector sector{};
  CASEMENT_TRY(volume.read(offset, sector));
  return sector;
}

/// The OEM name of another file system ("MSDOS5.0", "-FVE-FS-"): it was made where NTFS had been,
/// whose backup boot sector is a leftover.
bool has_other_name(Bytes sector) noexcept {
  return !has_ntfs_name(sector) &&
         std::ranges::all_of(sector.subspan(name_offset, ntfs_name.size()), [](std::byte b) {
           return b >= std::byte{0x20} && b < std::byte{0x7F};
         });
}

/// A file record lies where `geometry` has the MFT or its mirror.
bool leads_to_mft(const ByteSource& volume, const NtfsGeometry& geometry) {
  for (const std::uint64_t lcn : {geometry.mft_lcn, geometry.mft_mirror_lcn}) {
    std::array<std::byte, 4> signature{};
    if (lcn < geometry.cluster_count && volume.read(lcn * geometry.cluster_size, signature) &&
        std::ranges::equal(signature, std::as_bytes(std::span(std::string_view("FILE"))))) {
      return true;
    }
  }
  return false;
}

constexpr std::array<std::uint64_t, 4> backup_distances = {512, 1024, 2048, 4096};

/// The backup lies in the last sector, whose size only itself tells; a sector of 256 bytes leaves
/// the backup at 512 as it needs two.
std::optional<NtfsGeometry> read_backup(const ByteSource& volume) {
  for (const std::uint64_t distance : backup_distances) {
    // The first sector of a tiny volume is no backup of itself.
    if (volume.size() < 2 * distance) {
      break;
    }
    const auto sector = read_sector(volume, volume.size() - distance);
    const auto geometry =
        sector ? parse_boot_sector(*sector) : Result<NtfsGeometry>(std::unexpected(sector.error()));
    if (geometry && leads_to_mft(volume, *geometry)) {
      return *geometry;
    }
  }
  return std::nullopt;
}

}  // namespace

bool has_ntfs_name(Bytes sector) noexcept {
  return in_range(sector.size(), name_offset, ntfs_name.size()) &&
         std::ranges::equal(sector.subspan(name_offset, ntfs_name.size()),
                            std::as_bytes(std::span(ntfs_name)));
}

Result<NtfsGeometry> parse_boot_sector(Bytes sector) {
  const auto disk = CASEMENT_TRY(load<Layout>(sector, 0, "boot sector"));
  if (!has_ntfs_name(sector)) {
    return fail(Status::bad_format, "boot sector at 0x03: no \"NTFS\": not an NTFS volume");
  }
  NtfsGeometry geometry;
  geometry.sector_size = disk.sector_size.value();
  if (!is_power_of_two(geometry.sector_size, min_sector_size, max_sector_size)) {
    return fail(Status::corrupt, fmt::format("boot sector at 0x0b: sectors of {} bytes, expected a "
                                             "power of two from 256 to 4096",
                                             geometry.sector_size));
  }
  geometry.cluster_size =
      CASEMENT_TRY(parse_cluster_size(geometry.sector_size, disk.sectors_per_cluster));
  geometry.record_size = CASEMENT_TRY(
      parse_block_size(geometry.cluster_size, disk.record_size, "file record size", 0x40));
  geometry.index_block_size = CASEMENT_TRY(
      parse_block_size(geometry.cluster_size, disk.index_block_size, "index block size", 0x44));
  CASEMENT_TRY(parse_extent(disk, geometry));
  geometry.serial = disk.serial.value();
  geometry.hidden_sectors = disk.hidden_sectors.value();
  return geometry;
}

Result<BootSectors> read_boot_sectors(const ByteSource& volume) {
  BootSectors sectors;
  const auto first = read_sector(volume, 0);
  auto main =
      first ? parse_boot_sector(*first) : Result<NtfsGeometry>(std::unexpected(first.error()));
  if (main) {
    sectors.main = *main;
  } else {
    sectors.main_error = std::move(main).error();
  }
  if (!first || !has_other_name(*first)) {
    sectors.backup = read_backup(volume);
  }
  if (!sectors.main && !sectors.backup) {
    return std::unexpected(std::move(*sectors.main_error));
  }
  return sectors;
}

Result<bool> claims_to_be_ntfs(const ByteSource& volume) {
  if (volume.size() < sector_bytes) {
    return false;
  }
  const auto first = read_sector(volume, 0);
  if (first && has_ntfs_name(*first)) {
    return true;
  }
  if ((!first || !has_other_name(*first)) && read_backup(volume)) {
    return true;
  }
  CASEMENT_TRY(Result<Sector>(first));
  return false;
}

}  // namespace casement::ntfs

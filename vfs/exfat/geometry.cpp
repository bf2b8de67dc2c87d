// SPDX-License-Identifier: Apache-2.0
// The boot sector's fields to a geometry that needs no more checks.
#include "vfs/exfat/geometry.h"

#include <fmt/format.h>

#include <string_view>

#include "vfs/exfat/exfat_layout.h"

namespace casement {
namespace {

namespace layout = exfat_layout;

constexpr std::uint32_t min_sector_shift = 9;
constexpr std::uint32_t max_sector_shift = 12;
constexpr std::uint32_t max_cluster_shift = 25;  // sector and cluster shift together: 32 MiB
constexpr std::uint32_t first_fat_sector = 24;   // behind both boot regions
constexpr std::uint32_t entry_size = 4;

std::unexpected<Error> impossible(std::size_t offset, const std::string& found,
                                  const std::string& expected) {
  return fail(Status::corrupt,
              fmt::format("boot sector at 0x{:x}: {}, expected {}", offset, found, expected));
}

Result<void> check_sizes(const layout::BootSector& disk) {
  if (disk.major_revision != 1) {
    return fail(Status::unsupported,
                fmt::format("boot sector at 0x69: exFAT revision {}.{:02}, supported is 1",
                            disk.major_revision, disk.minor_revision));
  }
  if (disk.sector_shift < min_sector_shift || disk.sector_shift > max_sector_shift) {
    return impossible(0x6C, fmt::format("sectors of 2^{} bytes", disk.sector_shift), "2^9 to 2^12");
  }
  if (disk.cluster_shift > max_cluster_shift - disk.sector_shift) {
    return impossible(0x6D, fmt::format("clusters of 2^{} sectors", disk.cluster_shift),
                      "at most 32 MiB");
  }
  if (disk.fat_count != 1 && disk.fat_count != 2) {
    return impossible(0x6E, fmt::format("{} FATs", disk.fat_count), "1 or 2");
  }
  return {};
}

Result<void> check_places(const layout::BootSector& disk) {
  const std::uint64_t fat_end =
      disk.fat_offset.value() + std::uint64_t{disk.fat_length.value()} * disk.fat_count;
  if (disk.fat_offset.value() < first_fat_sector) {
    return impossible(0x50, fmt::format("a FAT in sector {}", disk.fat_offset.value()),
                      "24 or later");
  }
  if (disk.cluster_heap_offset.value() < fat_end) {
    return impossible(0x58,
                      fmt::format("clusters from sector {} on", disk.cluster_heap_offset.value()),
                      fmt::format("behind the FATs, which end at {}", fat_end));
  }
  const std::uint64_t length = disk.volume_length.value();
  if (length > ~std::uint64_t{0} >> disk.sector_shift) {
    return impossible(0x48, fmt::format("0x{:x} sectors", length), "less than 2^64 bytes");
  }
  const std::uint32_t clusters = disk.cluster_count.value();
  constexpr std::uint32_t max_clusters = 0xFFFF'FFF5;
  if (clusters == 0 || clusters > max_clusters || disk.cluster_heap_offset.value() > length ||
      clusters > (length - disk.cluster_heap_offset.value()) >> disk.cluster_shift) {
    return impossible(0x5C, fmt::format("{} clusters", clusters),
                      fmt::format("as many as fit into the {} sectors of the volume", length));
  }
  const std::uint64_t entries =
      (std::uint64_t{disk.fat_length.value()} << disk.sector_shift) / entry_size;
  if (entries < std::uint64_t{clusters} + 2) {
    return impossible(0x54, fmt::format("a FAT of {} entries", entries),
                      fmt::format("one for each of the {} clusters, and two", clusters));
  }
  const std::uint32_t root = disk.root_cluster.value();
  if (root < 2 || root - 2 >= clusters) {
    return impossible(0x60, fmt::format("root directory in cluster {}", root),
                      "a cluster that exists");
  }
  return {};
}

}  // namespace

ClusterTableLayout ExfatGeometry::table() const noexcept {
  ClusterTableLayout table;
  table.offset = fat_offset + active_fat * fat_size;
  table.entry_bits = 8 * entry_size;
  table.mask = 0xFFFF'FFFF;
  table.bad = 0xFFFF'FFF7;
  table.first_end = 0xFFFF'FFFF;
  table.cluster_count = cluster_count;
  return table;
}

bool claims_exfat(Bytes sector) noexcept {
  const auto disk = load<layout::BootSector>(sector, 0, "boot sector");
  return disk && std::string_view(disk->file_system_name.data(), 8) == "EXFAT   ";
}

Result<ExfatGeometry> parse_exfat_boot_sector(Bytes sector) {
  const auto disk = CASEMENT_TRY(load<layout::BootSector>(sector, 0, "boot sector"));
  if (!claims_exfat(sector)) {
    return fail(Status::bad_format, "boot sector at 0x3: no \"EXFAT   \": not an exFAT volume");
  }
  CASEMENT_TRY(check_sizes(disk));
  CASEMENT_TRY(check_places(disk));
  ExfatGeometry geometry;
  const std::uint64_t sector_size = std::uint64_t{1} << disk.sector_shift;
  geometry.sector_size = std::uint32_t{1} << disk.sector_shift;
  geometry.cluster_size = geometry.sector_size << disk.cluster_shift;
  geometry.fat_offset = disk.fat_offset.value() * sector_size;
  geometry.fat_size = disk.fat_length.value() * sector_size;
  geometry.fat_count = disk.fat_count;
  geometry.heap_offset = disk.cluster_heap_offset.value() * sector_size;
  geometry.cluster_count = disk.cluster_count.value();
  geometry.root_cluster = disk.root_cluster.value();
  geometry.volume_size = disk.volume_length.value() * sector_size;
  geometry.partition_offset = disk.partition_offset.value();
  geometry.serial = disk.serial.value();
  geometry.major_revision = disk.major_revision;
  geometry.minor_revision = disk.minor_revision;
  const std::uint16_t flags = disk.flags.value();
  const bool second = (flags & layout::volume_flag::second_fat) != 0;
  geometry.active_fat = second && geometry.fat_count == 2 ? 1 : 0;
  geometry.dirty = (flags & layout::volume_flag::dirty) != 0;
  geometry.media_failure = (flags & layout::volume_flag::media_failure) != 0;
  return geometry;
}

}  // namespace casement

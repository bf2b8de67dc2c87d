// SPDX-License-Identifier: Apache-2.0
// From the BIOS parameter block to a geometry that needs no more checks.
#include "vfs/fat/geometry.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <string_view>

#include "vfs/fat/fat_layout.h"
#include "vfs/fat/short_name.h"

namespace casement {
namespace {

namespace layout = fat_layout;

constexpr std::uint32_t min_sector_size = 512;
constexpr std::uint32_t max_sector_size = 4096;
/// More copies than two are legal and unheard of; the FAT32 flags can name 16.
constexpr std::uint32_t max_fat_count = 16;
/// Limits of the types in clusters, by Microsoft's specification.
constexpr std::uint32_t min_fat16_clusters = 4085;
constexpr std::uint32_t min_fat32_clusters = 65'525;
constexpr std::uint32_t max_fat32_clusters = 0x0FFF'FFF5;

bool is_sector_size(std::uint32_t size) noexcept {
  return std::has_single_bit(size) && size >= min_sector_size && size <= max_sector_size;
}

bool is_media(std::uint8_t media) noexcept {
  return media == 0xF0 || media >= 0xF8;
}

/// "FAT12   " and the like, at one of the two places of the extended block.
bool names_itself(Bytes sector, std::size_t extended) {
  const auto block = load<layout::ExtendedBlock>(sector, extended, "extended boot record");
  return block && std::string_view(block->type_name.data(), 3) == "FAT";
}

std::uint32_t total_sectors(const layout::BiosParameterBlock& disk) noexcept {
  return disk.total_sectors_16.value() != 0 ? disk.total_sectors_16.value()
                                            : disk.total_sectors_32.value();
}

bool is_plausible(const layout::BiosParameterBlock& disk) noexcept {
  // FAT12 and FAT16 have a fixed root directory, FAT32 has neither it nor a 16-bit FAT size.
  const bool root = (disk.root_entries.value() != 0) == (disk.fat_size_16.value() != 0);
  return is_sector_size(disk.bytes_per_sector.value()) &&
         std::has_single_bit(disk.sectors_per_cluster) && disk.reserved_sectors.value() != 0 &&
         disk.fat_count != 0 && disk.fat_count <= max_fat_count && is_media(disk.media) && root &&
         total_sectors(disk) != 0;
}

std::unexpected<Error> impossible(std::size_t offset, const std::string& found,
                                  const char* expected) {
  return fail(Status::corrupt,
              fmt::format("boot sector at 0x{:x}: {}, expected {}", offset, found, expected));
}

Result<void> check_fields(const layout::BiosParameterBlock& disk) {
  if (!is_sector_size(disk.bytes_per_sector.value())) {
    return impossible(0x0B, fmt::format("{} bytes per sector", disk.bytes_per_sector.value()),
                      "512, 1024, 2048 or 4096");
  }
  if (!std::has_single_bit(disk.sectors_per_cluster)) {
    return impossible(0x0D, fmt::format("{} sectors per cluster", disk.sectors_per_cluster),
                      "a power of two");
  }
  if (disk.reserved_sectors.value() == 0) {
    return impossible(0x0E, "no reserved sectors", "at least the boot sector");
  }
  if (disk.fat_count == 0 || disk.fat_count > max_fat_count) {
    return impossible(0x10, fmt::format("{} FATs", disk.fat_count), "1 to 16, 2 as a rule");
  }
  if (total_sectors(disk) == 0) {
    return impossible(0x20, "no sectors", "the size of the volume");
  }
  return {};
}

std::u16string trimmed(Bytes raw) {
  std::u16string text = from_code_page_437(raw);
  text.resize(std::min(text.find(u'\0'), text.size()));
  text.resize(text.find_last_not_of(u' ') + 1);
  return text;
}

void read_extended(Bytes sector, FatGeometry& geometry) {
  constexpr std::uint8_t with_label = 0x29;
  constexpr std::uint8_t serial_alone = 0x28;
  const auto block = load<layout::ExtendedBlock>(
      sector,
      geometry.type == FatType::fat32 ? layout::extended_offset_fat32 : layout::extended_offset,
      "extended boot record");
  if (!block || (block->signature != with_label && block->signature != serial_alone)) {
    return;  // DOS before 4.0
  }
  geometry.serial = block->serial.value();
  geometry.dirty = (block->state & 1U) != 0;
  if (block->signature == with_label) {
    geometry.label = trimmed(block->label);
    if (geometry.label == u"NO NAME") {
      geometry.label.clear();  // what formatters write for "none"
    }
  }
}

Result<void> read_fat32(const layout::Fat32Block& disk, FatGeometry& geometry,
                        UniqueFindings& findings) {
  if (disk.version.value() != 0) {
    findings.add(Severity::warning, "fat-version", 0x2A, [&] {
      return fmt::format("boot sector at 0x2a: FAT32 version 0x{:x}, only 0 is known; read as 0",
                         disk.version.value());
    });
  }
  geometry.root_cluster = disk.root_cluster.value();
  geometry.mirrored = (disk.flags.value() & layout::one_fat_only) == 0;
  geometry.active_fat = geometry.mirrored ? 0 : disk.flags.value() & layout::active_fat_mask;
  if (geometry.active_fat >= geometry.fat_count) {
    return impossible(0x28, fmt::format("FAT {} is the active one", geometry.active_fat),
                      "one that exists");
  }
  const auto sector_or_none = [](std::uint16_t value) {
    return value == 0xFFFF ? std::uint32_t{0} : value;
  };
  geometry.backup_sector = sector_or_none(disk.backup_sector.value());
  geometry.info_sector = sector_or_none(disk.info_sector.value());
  return {};
}

std::uint32_t entry_bits(FatType type) noexcept {
  switch (type) {
    case FatType::fat12:
      return 12;
    case FatType::fat16:
      return 16;
    case FatType::fat32:
      break;
  }
  return 32;
}

/// Sets type and cluster count from the sectors behind the root directory.
Result<void> place_clusters(std::uint64_t data_sectors, std::uint32_t sectors_per_cluster,
                            bool fat32, FatGeometry& geometry, UniqueFindings& findings) {
  std::uint64_t clusters = data_sectors / sectors_per_cluster;
  if (clusters == 0) {
    return impossible(0x20, "no room for a single cluster", "more sectors");
  }
  // Windows takes the layout of the boot sector for FAT32 and the count for the other two. Small
  // EFI system partitions are often FAT32 with fewer clusters than the specification asks for.
  if (fat32) {
    geometry.type = FatType::fat32;
    if (clusters < min_fat32_clusters) {
      findings.add(Severity::note, "fat-few-clusters", 0, [&] {
        return fmt::format("FAT32 with {} clusters: the specification asks for {}", clusters,
                           min_fat32_clusters);
      });
    }
  } else if (clusters < min_fat16_clusters) {
    geometry.type = FatType::fat12;
  } else if (clusters < min_fat32_clusters) {
    geometry.type = FatType::fat16;
  } else {
    return impossible(0x20, fmt::format("{} clusters without the fields of FAT32", clusters),
                      "less than 65525");
  }
  const std::uint64_t entries = geometry.fat_size * 8 / entry_bits(geometry.type);
  if (entries < 3) {
    return impossible(0x16, fmt::format("a FAT of {} bytes", geometry.fat_size),
                      "an entry for each cluster");
  }
  if (clusters + 2 > entries) {
    findings.add(Severity::warning, "fat-table-short", 0x16, [&] {
      return fmt::format(
          "the FAT has {} entries for {} clusters; the last {} clusters are left out", entries,
          clusters, clusters + 2 - entries);
    });
    clusters = entries - 2;
  }
  geometry.cluster_count =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(clusters, max_fat32_clusters));
  return {};
}

}  // namespace

const char* to_string(FatType type) noexcept {
  switch (type) {
    case FatType::fat12:
      return "FAT12";
    case FatType::fat16:
      return "FAT16";
    case FatType::fat32:
      break;
  }
  return "FAT32";
}

ClusterTableLayout FatGeometry::table(std::uint32_t index) const noexcept {
  ClusterTableLayout table;
  table.offset = fat_offset + index * fat_size;
  table.entry_bits = entry_bits(type);
  table.mask = type == FatType::fat12 ? 0xFFFU : type == FatType::fat16 ? 0xFFFFU : 0x0FFF'FFFFU;
  table.bad = table.mask - 8;
  table.first_end = table.mask - 7;
  table.cluster_count = cluster_count;
  return table;
}

bool has_boot_signature(Bytes sector) noexcept {
  return get_le<std::uint16_t>(sector, layout::signature_offset) == 0xAA55;
}

bool claims_fat(Bytes sector) {
  const auto disk = load<layout::BiosParameterBlock>(sector, 0, "boot sector");
  return disk && std::string_view(disk->oem_name.data(), disk->oem_name.size()) != "-FVE-FS-" &&
         (is_plausible(*disk) || names_itself(sector, layout::extended_offset) ||
          names_itself(sector, layout::extended_offset_fat32));
}

bool is_backup_boot_sector(Bytes sector, std::uint64_t offset) {
  const auto disk = load<layout::BiosParameterBlock>(sector, 0, "backup boot sector");
  return disk && has_boot_signature(sector) && is_plausible(*disk) &&
         disk->fat_size_16.value() == 0 && names_itself(sector, layout::extended_offset_fat32) &&
         offset == layout::backup_sector * std::uint64_t{disk->bytes_per_sector.value()};
}

Result<FatGeometry> parse_boot_sector(Bytes sector, UniqueFindings& findings) {
  const Bytes whole = CASEMENT_TRY(slice(sector, 0, layout::boot_sector_size, "boot sector"));
  const auto disk = CASEMENT_TRY(load<layout::BiosParameterBlock>(whole, 0, "boot sector"));
  if (!claims_fat(whole)) {
    return fail(Status::bad_format,
                fmt::format("boot sector at 0x0: {} bytes per sector, {} sectors per cluster, {} "
                            "reserved sectors, {} FATs, media 0x{:02x}: not a FAT volume",
                            disk.bytes_per_sector.value(), disk.sectors_per_cluster,
                            disk.reserved_sectors.value(), disk.fat_count, disk.media));
  }
  CASEMENT_TRY(check_fields(disk));
  if (!has_boot_signature(whole)) {
    findings.add(Severity::note, "fat-no-signature", layout::signature_offset,
                 [] { return std::string("boot sector at 0x1fe: no 55 AA"); });
  }
  FatGeometry geometry;
  const std::uint64_t sector_size = disk.bytes_per_sector.value();
  geometry.sector_size = disk.bytes_per_sector.value();
  geometry.cluster_size = geometry.sector_size * disk.sectors_per_cluster;
  geometry.fat_count = disk.fat_count;
  geometry.hidden_sectors = disk.hidden_sectors.value();
  geometry.media = disk.media;
  geometry.oem_name = trimmed(std::as_bytes(std::span(disk.oem_name)));
  const bool fat32 = disk.fat_size_16.value() == 0;
  const auto fat32_block = CASEMENT_TRY(
      load<layout::Fat32Block>(whole, sizeof(layout::BiosParameterBlock), "FAT32 boot record"));
  const std::uint64_t fat_sectors = fat32 ? fat32_block.fat_size.value() : disk.fat_size_16.value();
  if (fat32) {
    CASEMENT_TRY(read_fat32(fat32_block, geometry, findings));
  }

  // 32-bit counts of sectors: nothing below can wrap in 64 bits.
  geometry.fat_offset = disk.reserved_sectors.value() * sector_size;
  geometry.fat_size = fat_sectors * sector_size;
  geometry.root_offset = geometry.fat_offset + geometry.fat_count * geometry.fat_size;
  geometry.root_slots = fat32 ? 0 : disk.root_entries.value();
  const std::uint64_t root_bytes = geometry.root_slots * layout::slot_size;
  const std::uint64_t root_sectors = (root_bytes + sector_size - 1) / sector_size;
  geometry.heap_offset = geometry.root_offset + root_sectors * sector_size;
  geometry.volume_size = total_sectors(disk) * sector_size;
  if (!fat32 && geometry.root_slots == 0) {
    return impossible(0x11, "no root directory", "entries, or the fields of FAT32");
  }
  if (geometry.heap_offset >= geometry.volume_size) {
    return impossible(0x20,
                      fmt::format("a volume of 0x{:x} bytes whose clusters begin at 0x{:x}",
                                  geometry.volume_size, geometry.heap_offset),
                      "clusters within it");
  }
  CASEMENT_TRY(place_clusters((geometry.volume_size - geometry.heap_offset) / sector_size,
                              disk.sectors_per_cluster, fat32, geometry, findings));
  if (fat32 && (geometry.root_cluster < 2 || geometry.root_cluster - 2 >= geometry.cluster_count)) {
    return impossible(0x2C, fmt::format("root directory in cluster {}", geometry.root_cluster),
                      "a cluster that exists");
  }
  read_extended(whole, geometry);
  return geometry;
}

}  // namespace casement

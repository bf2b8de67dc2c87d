// SPDX-License-Identifier: Apache-2.0
// Signatures alone are not enough: boot code of a disk can carry anything. The fields must fit too.
#include "vfs/volume/boot_sector.h"

#include <algorithm>
#include <bit>
#include <string_view>

#include "vfs/core/zero_fill.h"
#include "vfs/volume/boot_sector_layout.h"

namespace casement {
namespace {

using namespace boot_sector_layout;

constexpr std::size_t boot_sector_size = 512;

/// 512 to 4096: what drives have; NTFS and FAT take no others.
bool is_sector_size(std::uint32_t size) {
  return std::has_single_bit(size) && size >= 512 && size <= 4096;
}

bool is_text(Bytes found, std::string_view text) {
  const Bytes wanted = std::as_bytes(std::span(text));
  return std::equal(found.begin(), found.end(), wanted.begin(), wanted.end());
}

bool has_jump(const BiosParameterBlock& block) {
  return (block.jump[0] == 0xEB && block.jump[2] == 0x90) || block.jump[0] == 0xE9;
}

/// Values above 0x80 are a negative exponent: clusters of more than 64 KiB.
bool is_cluster_size(std::uint8_t sectors) {
  return std::has_single_bit(sectors) || sectors > 0x80;
}

bool is_fat(const BiosParameterBlock& block) {
  constexpr std::uint8_t lowest_media = 0xF8;
  constexpr std::uint8_t removable_media = 0xF0;
  const bool has_size = block.sector_count_16.value() != 0 || block.sector_count_32.value() != 0;
  const bool has_fat = block.fat_size_16.value() != 0 || block.fat_size_32.value() != 0;
  return has_jump(block) && std::has_single_bit(block.sectors_per_cluster) &&
         block.reserved_sectors.value() != 0 && block.fat_count >= 1 && block.fat_count <= 2 &&
         (block.media >= lowest_media || block.media == removable_media) && has_size && has_fat;
}

std::optional<std::uint32_t> exfat_sector_size(Bytes sector) {
  const auto shift = std::to_integer<unsigned>(sector[exfat_sector_shift]);
  if (shift < 9 || shift > 12 ||
      !is_zero_filled(sector.subspan(exfat_must_be_zero, exfat_must_be_zero_size))) {
    return std::nullopt;
  }
  return std::uint32_t{1} << shift;
}

std::optional<std::uint32_t> refs_sector_size(Bytes sector) {
  const auto refs = load<RefsBootSector>(sector, 0, "ReFS boot sector");
  if (!refs || !is_text(refs->structure, "FSRS") ||
      !is_sector_size(refs->bytes_per_sector.value())) {
    return std::nullopt;
  }
  return refs->bytes_per_sector.value();
}

}  // namespace

std::optional<std::uint32_t> volume_sector_size(Bytes sector) {
  using namespace std::string_view_literals;
  const auto block = load<BiosParameterBlock>(sector, 0, "boot sector");
  if (sector.size() < boot_sector_size || !block) {
    return std::nullopt;
  }
  if (is_text(block->oem_name, "EXFAT   ")) {
    return exfat_sector_size(sector);
  }
  if (is_text(block->oem_name, "ReFS\0\0\0\0"sv)) {
    return refs_sector_size(sector);
  }
  const std::uint32_t size = block->bytes_per_sector.value();
  if (!is_sector_size(size)) {
    return std::nullopt;
  }
  const bool known =
      (is_text(block->oem_name, "NTFS    ") && is_cluster_size(block->sectors_per_cluster) &&
       block->ntfs_sector_count.value() != 0) ||
      is_text(block->oem_name, "-FVE-FS-") || is_fat(*block);
  return known ? std::optional(size) : std::nullopt;
}

}  // namespace casement

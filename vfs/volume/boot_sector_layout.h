// SPDX-License-Identifier: Apache-2.0
// What the boot sectors of Windows volumes have in common (FAT specification, section 3).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::boot_sector_layout {

/// BPB of FAT, NTFS and BitLocker. exFAT and ReFS have other fields behind the OEM name.
struct BiosParameterBlock {
  std::array<std::uint8_t, 3> jump;   // +0x00 BS_jmpBoot: EB xx 90, or E9 xx xx
  std::array<std::byte, 8> oem_name;  // +0x03 BS_OEMName
  le16 bytes_per_sector;              // +0x0B BPB_BytsPerSec
  std::uint8_t sectors_per_cluster;   // +0x0D BPB_SecPerClus
  le16 reserved_sectors;              // +0x0E BPB_RsvdSecCnt; 0 on NTFS
  std::uint8_t fat_count;             // +0x10 BPB_NumFATs; 0 on NTFS
  le16 root_entries;                  // +0x11 BPB_RootEntCnt
  le16 sector_count_16;               // +0x13 BPB_TotSec16
  std::uint8_t media;                 // +0x15 BPB_Media
  le16 fat_size_16;                   // +0x16 BPB_FATSz16
  le16 sectors_per_track;             // +0x18 BPB_SecPerTrk
  le16 heads;                         // +0x1A BPB_NumHeads
  le32 hidden_sectors;                // +0x1C BPB_HiddSec
  le32 sector_count_32;               // +0x20 BPB_TotSec32
  le32 fat_size_32;                   // +0x24 BPB_FATSz32, FAT32 only
  le64 ntfs_sector_count;             // +0x28 NTFS: total sectors
  le64 mft_cluster;                   // +0x30 NTFS: first cluster of $MFT
  le64 mft_mirror_cluster;            // +0x38 NTFS: of $MFTMirr; BitLocker of Vista: metadata
};
static_assert(sizeof(BiosParameterBlock) == 0x40);

/// exFAT (Microsoft's exFAT specification, 3.1), from the sector's start.
inline constexpr std::size_t exfat_must_be_zero = 0x0B;
inline constexpr std::size_t exfat_must_be_zero_size = 53;
inline constexpr std::size_t exfat_sector_shift = 0x6C;  // u8 BytesPerSectorShift, 9 to 12

/// ReFS: what is known of its boot sector.
struct RefsBootSector {
  std::array<std::byte, 3> jump;       // +0x00
  std::array<std::byte, 8> name;       // +0x03 "ReFS", 4 zeros
  std::array<std::byte, 5> unused;     // +0x0B
  std::array<std::byte, 4> structure;  // +0x10 "FSRS"
  le16 size;                           // +0x14
  le16 checksum;                       // +0x16
  le64 sector_count;                   // +0x18
  le32 bytes_per_sector;               // +0x20
  le32 sectors_per_cluster;            // +0x24
  std::uint8_t major_version;          // +0x28
  std::uint8_t minor_version;          // +0x29
};
static_assert(sizeof(RefsBootSector) == 0x2A);

}  // namespace casement::boot_sector_layout

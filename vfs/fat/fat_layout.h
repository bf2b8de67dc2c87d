// SPDX-License-Identifier: Apache-2.0
// On-disk structures of FAT12, FAT16 and FAT32.
//
// Sources: Microsoft, "FAT: General Overview of On-Disk Format", version 1.03 (2000); ECMA-107 for
// FAT12 and FAT16; the meaning of the flags that Windows NT keeps in reserved bytes is that of the
// FastFat sample (github.com/microsoft/Windows-driver-samples) and of Linux' fs/fat.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::fat_layout {

inline constexpr std::size_t boot_sector_size = 512;
inline constexpr std::size_t signature_offset = 0x1FE;  // 55 AA
inline constexpr std::size_t slot_size = 32;
inline constexpr std::size_t short_name_size = 11;

/// "BIOS parameter block", from the start of the boot sector.
struct BiosParameterBlock {
  std::array<std::uint8_t, 3> jump;  // +0x00 EB xx 90 or E9 xx xx
  std::array<char, 8> oem_name;      // +0x03
  le16 bytes_per_sector;             // +0x0B BPB_BytsPerSec
  std::uint8_t sectors_per_cluster;  // +0x0D BPB_SecPerClus
  le16 reserved_sectors;             // +0x0E BPB_RsvdSecCnt
  std::uint8_t fat_count;            // +0x10 BPB_NumFATs
  le16 root_entries;                 // +0x11 BPB_RootEntCnt; 0 on FAT32
  le16 total_sectors_16;             // +0x13 BPB_TotSec16; 0: see total_sectors_32
  std::uint8_t media;                // +0x15 BPB_Media
  le16 fat_size_16;                  // +0x16 BPB_FATSz16, sectors; 0 on FAT32
  le16 sectors_per_track;            // +0x18
  le16 heads;                        // +0x1A
  le32 hidden_sectors;               // +0x1C BPB_HiddSec
  le32 total_sectors_32;             // +0x20 BPB_TotSec32
};
static_assert(sizeof(BiosParameterBlock) == 0x24);

/// What follows on FAT32 alone.
struct Fat32Block {
  le32 fat_size;                       // +0x24 BPB_FATSz32, sectors
  le16 flags;                          // +0x28 BPB_ExtFlags: bit 7 one FAT only, bits 0 to 3 which
  le16 version;                        // +0x2A BPB_FSVer, 0
  le32 root_cluster;                   // +0x2C BPB_RootClus
  le16 info_sector;                    // +0x30 BPB_FSInfo
  le16 backup_sector;                  // +0x32 BPB_BkBootSec, 6 as a rule
  std::array<std::byte, 12> reserved;  // +0x34
};
static_assert(sizeof(Fat32Block) == 0x1C);

/// Formatters put the backup there and nowhere else, whatever the sector size.
inline constexpr std::uint64_t backup_sector = 6;

inline constexpr std::uint16_t one_fat_only = 0x0080;
inline constexpr std::uint16_t active_fat_mask = 0x000F;

/// At 0x24 on FAT12 and FAT16, at 0x40 on FAT32.
struct ExtendedBlock {
  std::uint8_t drive;               // +0x00
  std::uint8_t state;               // +0x01 bit 0: not unmounted (Windows NT and Linux)
  std::uint8_t signature;           // +0x02 0x29; 0x28: the serial number alone follows
  le32 serial;                      // +0x03
  std::array<std::byte, 11> label;  // +0x07
  std::array<char, 8> type_name;    // +0x12 "FAT12   "; says nothing about the type
};
static_assert(sizeof(ExtendedBlock) == 26);

inline constexpr std::size_t extended_offset = 0x24;
inline constexpr std::size_t extended_offset_fat32 = 0x40;

/// A directory slot with an 8.3 name.
struct DirectorySlot {
  std::array<std::byte, 11> name;   // +0x00 base and extension, padded with spaces
  std::uint8_t attributes;          // +0x0B
  std::uint8_t name_case;           // +0x0C Windows NT: 8 base, 0x10 extension in lower case
  std::uint8_t created_hundredths;  // +0x0D 0 to 199
  le16 created_time;                // +0x0E
  le16 created_date;                // +0x10
  le16 accessed_date;               // +0x12
  le16 cluster_high;                // +0x14 FAT32; extended attributes of OS/2 before
  le16 modified_time;               // +0x16
  le16 modified_date;               // +0x18
  le16 cluster_low;                 // +0x1A
  le32 size;                        // +0x1C bytes; 0 for directories
};
static_assert(sizeof(DirectorySlot) == slot_size);

/// A directory slot with 13 units of a long name; the last part comes first.
struct LongNameSlot {
  std::uint8_t sequence;              // +0x00 1 to 20; 0x40: last part of the name
  std::array<std::byte, 10> units_1;  // +0x01 UTF-16LE, 0 ends the name, 0xFFFF fills the rest
  std::uint8_t attributes;            // +0x0B 0x0F
  std::uint8_t type;                  // +0x0C 0
  std::uint8_t checksum;              // +0x0D of the 8.3 name
  std::array<std::byte, 12> units_2;  // +0x0E
  le16 cluster;                       // +0x1A 0
  std::array<std::byte, 4> units_3;   // +0x1C
};
static_assert(sizeof(LongNameSlot) == slot_size);

namespace slot_attribute {
inline constexpr std::uint8_t volume_label = 0x08;
inline constexpr std::uint8_t directory = 0x10;
inline constexpr std::uint8_t long_name = 0x0F;
inline constexpr std::uint8_t long_name_mask = 0x3F;
/// The bits that Windows shows as FILE_ATTRIBUTE_*; their values are the same.
inline constexpr std::uint8_t shown = 0x37;
}  // namespace slot_attribute

inline constexpr std::uint8_t slot_end = 0x00;       // first byte: nothing behind it
inline constexpr std::uint8_t slot_deleted = 0xE5;   // first byte
inline constexpr std::uint8_t slot_kanji_e5 = 0x05;  // first byte: stands for 0xE5
inline constexpr std::uint8_t lower_base = 0x08;     // name_case
inline constexpr std::uint8_t lower_extension = 0x10;
inline constexpr std::uint8_t last_long_part = 0x40;  // LongNameSlot::sequence

}  // namespace casement::fat_layout

// SPDX-License-Identifier: Apache-2.0
// On-disk structures of exFAT.
//
// Source: Microsoft, "exFAT file system specification"
// (learn.microsoft.com/windows/win32/fileio/exfat-specification), revision 1.00.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::exfat_layout {

inline constexpr std::size_t boot_sector_size = 512;      // of a larger sector, the rest is unused
inline constexpr std::uint64_t boot_region_sectors = 12;  // the last one holds the checksum
inline constexpr std::uint64_t backup_sector = 12;        // where the copy of the region begins
inline constexpr std::size_t slot_size = 32;

/// "Main and Backup Boot Sector Structure".
struct BootSector {
  std::array<std::uint8_t, 3> jump;        // +0x00 EB 76 90
  std::array<char, 8> file_system_name;    // +0x03 "EXFAT   "
  std::array<std::byte, 53> must_be_zero;  // +0x0B where FAT has its parameters
  le64 partition_offset;                   // +0x40 sectors
  le64 volume_length;                      // +0x48 sectors
  le32 fat_offset;                         // +0x50 sectors
  le32 fat_length;                         // +0x54 sectors of one FAT
  le32 cluster_heap_offset;                // +0x58 sectors
  le32 cluster_count;                      // +0x5C
  le32 root_cluster;                       // +0x60
  le32 serial;                             // +0x64
  std::uint8_t minor_revision;             // +0x68
  std::uint8_t major_revision;             // +0x69 1
  le16 flags;                              // +0x6A not in the checksum
  std::uint8_t sector_shift;               // +0x6C 9 to 12
  std::uint8_t cluster_shift;              // +0x6D sectors per cluster; both at most 25
  std::uint8_t fat_count;                  // +0x6E 1; TexFAT 2
  std::uint8_t drive;                      // +0x6F
  std::uint8_t percent_in_use;             // +0x70 not in the checksum; 0xFF: not known
  std::array<std::byte, 7> reserved;       // +0x71
  std::array<std::byte, 390> boot_code;    // +0x78
  le16 signature;                          // +0x1FE 0xAA55
};
static_assert(sizeof(BootSector) == boot_sector_size);

inline constexpr std::size_t flags_offset = 0x6A;
inline constexpr std::size_t percent_offset = 0x70;
inline constexpr std::uint16_t boot_signature = 0xAA55;

namespace volume_flag {
inline constexpr std::uint16_t second_fat = 0x0001;
inline constexpr std::uint16_t dirty = 0x0002;
inline constexpr std::uint16_t media_failure = 0x0004;
}  // namespace volume_flag

/// First byte of a slot. Bit 7: in use; bit 6: belongs to the set that a slot before it began.
namespace slot_type {
inline constexpr std::uint8_t end = 0x00;
inline constexpr std::uint8_t in_use = 0x80;
inline constexpr std::uint8_t secondary = 0x40;
inline constexpr std::uint8_t bitmap = 0x81;
inline constexpr std::uint8_t upcase_table = 0x82;
inline constexpr std::uint8_t label = 0x83;
inline constexpr std::uint8_t file = 0x85;
inline constexpr std::uint8_t volume_guid = 0xA0;
inline constexpr std::uint8_t stream = 0xC0;
inline constexpr std::uint8_t name = 0xC1;
}  // namespace slot_type

/// "Allocation Bitmap" and "Up-case Table", which differ in their first bytes.
struct TableSlot {
  std::uint8_t type;               // +0x00 0x81, 0x82
  std::uint8_t flags;              // +0x01 bitmap: bit 0: of the second FAT
  std::array<std::byte, 2> spare;  // +0x02
  le32 checksum;                   // +0x04 up-case table only
  std::array<std::byte, 12> rest;  // +0x08
  le32 first_cluster;              // +0x14
  le64 data_length;                // +0x18 bytes
};
static_assert(sizeof(TableSlot) == slot_size);

/// "Volume Label".
struct LabelSlot {
  std::uint8_t type;                // +0x00 0x83
  std::uint8_t length;              // +0x01 0 to 11
  std::array<std::byte, 22> label;  // +0x02 UTF-16LE
  std::array<std::byte, 8> rest;    // +0x18
};
static_assert(sizeof(LabelSlot) == slot_size);

/// "Volume GUID".
struct GuidSlot {
  std::uint8_t type;               // +0x00 0xA0
  std::uint8_t secondary_count;    // +0x01 0
  le16 set_checksum;               // +0x02
  le16 flags;                      // +0x04
  std::array<std::byte, 16> guid;  // +0x06
  std::array<std::byte, 10> rest;  // +0x16
};
static_assert(sizeof(GuidSlot) == slot_size);

/// A moment: DOS date and time; hundredths and zone lie apart.
struct Moment {
  le16 time;
  le16 date;
};

/// "File": the first slot of a set.
struct FileSlot {
  std::uint8_t type;                 // +0x00 0x85
  std::uint8_t secondary_count;      // +0x01 slots that follow
  le16 set_checksum;                 // +0x02
  le16 attributes;                   // +0x04
  le16 reserved;                     // +0x06
  Moment created;                    // +0x08
  Moment modified;                   // +0x0C
  Moment accessed;                   // +0x10
  std::uint8_t created_hundredths;   // +0x14
  std::uint8_t modified_hundredths;  // +0x15
  std::uint8_t created_zone;         // +0x16 bit 7: valid; 7 bits signed: quarters of an hour
  std::uint8_t modified_zone;        // +0x17
  std::uint8_t accessed_zone;        // +0x18
  std::array<std::byte, 7> rest;     // +0x19
};
static_assert(sizeof(FileSlot) == slot_size);

/// "Stream Extension": the second slot of a set.
struct StreamSlot {
  std::uint8_t type;         // +0x00 0xC0
  std::uint8_t flags;        // +0x01 bit 0: may have clusters, bit 1: no FAT chain
  std::uint8_t reserved_1;   // +0x02
  std::uint8_t name_length;  // +0x03 units
  le16 name_hash;            // +0x04 of the upper-cased name
  le16 reserved_2;           // +0x06
  le64 valid_length;         // +0x08 bytes written; what follows reads as zeros
  le32 reserved_3;           // +0x10
  le32 first_cluster;        // +0x14
  le64 data_length;          // +0x18 bytes
};
static_assert(sizeof(StreamSlot) == slot_size);

inline constexpr std::uint8_t allocation_possible = 0x01;
inline constexpr std::uint8_t no_fat_chain = 0x02;

/// "File Name": 15 units of the name.
struct NameSlot {
  std::uint8_t type;                // +0x00 0xC1
  std::uint8_t flags;               // +0x01
  std::array<std::byte, 30> units;  // +0x02 UTF-16LE
};
static_assert(sizeof(NameSlot) == slot_size);

inline constexpr std::uint16_t attribute_directory = 0x0010;
/// Read-only, hidden, system, directory, archive: the values are those of FILE_ATTRIBUTE_*.
inline constexpr std::uint16_t attributes_shown = 0x0037;

}  // namespace casement::exfat_layout

// SPDX-License-Identifier: Apache-2.0
// On-disk structures of registry hives and their transaction logs.
//
// Source: the regf specification by Maxim Suhanov (github.com/msuhanov/regf), checked against real
// hives of Windows NT 4 to 11. All offsets inside a hive count from the first bin (file offset
// 4096) and are called bins offsets; a cell offset is the bins offset of a cell's size field.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::hive_layout {

inline constexpr std::uint32_t base_block_size = 4096;
/// The part of the base block that is checksummed and that a log begins with.
inline constexpr std::uint32_t base_block_head = 512;
inline constexpr std::uint32_t page_size = 4096;
inline constexpr std::uint32_t no_cell = 0xFFFF'FFFF;

/// "Base block" (regf, "Format of primary files").
struct BaseBlock {
  std::array<char, 4> signature;        // +0x000 "regf"
  le32 primary_sequence;                // +0x004
  le32 secondary_sequence;              // +0x008
  le64 last_written;                    // +0x00C FILETIME
  le32 major_version;                   // +0x014 1
  le32 minor_version;                   // +0x018 3 to 6
  le32 file_type;                       // +0x01C 0 primary, 1 or 2 old log, 6 new log
  le32 file_format;                     // +0x020 1: direct memory load
  le32 root_cell;                       // +0x024
  le32 bins_size;                       // +0x028 bytes, a multiple of 4096
  le32 clustering_factor;               // +0x02C logical sector size / 512
  std::array<std::byte, 64> file_name;  // +0x030 UTF-16LE tail of the path
  std::array<std::byte, 16> rm_id;      // +0x070
  std::array<std::byte, 16> log_id;     // +0x080
  le32 flags;                           // +0x090
  std::array<std::byte, 16> tm_id;      // +0x094
  std::array<char, 4> guid_signature;   // +0x0A4 "rmtm"
  le64 last_reorganized;                // +0x0A8 FILETIME; older offreg.dll: "OfRg" here
  std::array<char, 4> offreg;           // +0x0B0 "OfRg" when offreg.dll wrote the file
  std::array<std::byte, 328> reserved;  // +0x0B4
  le32 checksum;                        // +0x1FC XOR of the 127 words before it
};
static_assert(sizeof(BaseBlock) == base_block_head);

/// "Hive bin" header.
struct BinHeader {
  std::array<char, 4> signature;      // +0x00 "hbin"
  le32 offset;                        // +0x04 bins offset of this bin
  le32 size;                          // +0x08 bytes, a multiple of 4096
  std::array<std::byte, 8> reserved;  // +0x0C
  le64 timestamp;                     // +0x14 FILETIME; first bin only
  le32 spare;                         // +0x1C
};
static_assert(sizeof(BinHeader) == 32);

/// "Key node", from the cell's data on.
struct KeyNode {
  std::array<char, 2> signature;  // +0x00 "nk"
  le16 flags;                     // +0x02
  le64 last_written;              // +0x04 FILETIME
  std::uint8_t access_bits;       // +0x0C
  std::uint8_t layer_bits;        // +0x0D layered keys
  le16 spare;                     // +0x0E
  le32 parent;                    // +0x10 cell offset
  le32 subkey_count;              // +0x14
  le32 volatile_subkey_count;     // +0x18 meaningless in a file
  le32 subkey_list;               // +0x1C cell offset
  le32 volatile_subkey_list;      // +0x20 meaningless in a file
  le32 value_count;               // +0x24
  le32 value_list;                // +0x28 cell offset
  le32 security;                  // +0x2C cell offset
  le32 class_name;                // +0x30 cell offset
  le32 max_subkey_name;           // +0x34 hint, with flag nibbles
  le32 max_subkey_class;          // +0x38 hint
  le32 max_value_name;            // +0x3C hint
  le32 max_value_data;            // +0x40 hint
  le32 work_var;                  // +0x44
  le16 name_size;                 // +0x48 bytes
  le16 class_name_size;           // +0x4A bytes
  // +0x4C name
};
static_assert(sizeof(KeyNode) == 76);

namespace key_flag {
inline constexpr std::uint16_t root = 0x0004;
inline constexpr std::uint16_t symlink = 0x0010;
inline constexpr std::uint16_t latin1_name = 0x0020;
inline constexpr std::uint16_t predefined_handle = 0x0040;
}  // namespace key_flag

/// Head of "Index leaf" (li), "Fast leaf" (lf), "Hash leaf" (lh) and "Index root" (ri).
struct ListHeader {
  std::array<char, 2> signature;  // +0x00
  le16 count;                     // +0x02 entries
};
static_assert(sizeof(ListHeader) == 4);

/// "Key value", from the cell's data on.
struct ValueKey {
  std::array<char, 2> signature;  // +0x00 "vk"
  le16 name_size;                 // +0x02 bytes; 0: the default value
  le32 data_size;                 // +0x04 bytes; bit 31: the data lies in data_offset
  le32 data_offset;               // +0x08 cell offset, or the data
  le32 type;                      // +0x0C
  le16 flags;                     // +0x10
  le16 spare;                     // +0x12
  // +0x14 name
};
static_assert(sizeof(ValueKey) == 20);

namespace value_flag {
inline constexpr std::uint16_t latin1_name = 0x0001;
inline constexpr std::uint16_t tombstone = 0x0002;
}  // namespace value_flag

inline constexpr std::uint32_t inline_data = 0x8000'0000;

/// "Big data".
struct BigData {
  std::array<char, 2> signature;  // +0x00 "db"
  le16 count;                     // +0x02 segments
  le32 list;                      // +0x04 cell offset of the segments' offsets
};
static_assert(sizeof(BigData) == 8);

/// Bytes of one big-data segment, all but the last.
inline constexpr std::uint32_t big_data_segment = 16344;

/// "Key security".
struct KeySecurity {
  std::array<char, 2> signature;  // +0x00 "sk"
  le16 reserved;                  // +0x02
  le32 flink;                     // +0x04 cell offset
  le32 blink;                     // +0x08 cell offset
  le32 reference_count;           // +0x0C
  le32 descriptor_size;           // +0x10 bytes
  // +0x14 self-relative security descriptor
};
static_assert(sizeof(KeySecurity) == 20);

/// "Log entry" of the format of Windows 8.1 and later.
struct LogEntry {
  std::array<char, 4> signature;  // +0x00 "HvLE"
  le32 size;                      // +0x04 bytes with padding, a multiple of 512
  le32 flags;                     // +0x08 copied to the base block (bit 0)
  le32 sequence;                  // +0x0C
  le32 bins_size;                 // +0x10 of the hive once this entry is applied
  le32 page_count;                // +0x14
  le64 hash1;                     // +0x18 Marvin32 of [40, size)
  le64 hash2;                     // +0x20 Marvin32 of [0, 32)
  // +0x28 page_count x LogPage, then the pages
};
static_assert(sizeof(LogEntry) == 40);

struct LogPage {
  le32 offset;  // +0x0 bins offset
  le32 size;    // +0x4 bytes
};
static_assert(sizeof(LogPage) == 8);

/// Bytes covered by one bit of an old log's dirty vector.
inline constexpr std::uint32_t old_log_page = 512;

}  // namespace casement::hive_layout

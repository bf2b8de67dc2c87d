// SPDX-License-Identifier: Apache-2.0
// Compound files and property sets as stored: .msi, .msp, .mst.
//
// Sources: Microsoft, [MS-CFB] "Compound File Binary File Format", 2.2 to 2.6; [MS-OLEPS] "Object
// Linking and Embedding (OLE) Property Set Data Structures", 2.15 to 2.21.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::compound_layout {

inline constexpr std::array<std::uint8_t, 8> magic = {0xD0, 0xCF, 0x11, 0xE0,
                                                      0xA1, 0xB1, 0x1A, 0xE1};
inline constexpr std::uint16_t little_endian_mark = 0xFFFE;

/// Sector numbers above the last that a sector can have.
inline constexpr std::uint32_t max_regular_sector = 0xFFFF'FFFA;  // MAXREGSECT
inline constexpr std::uint32_t end_of_chain = 0xFFFF'FFFE;        // ENDOFCHAIN
inline constexpr std::uint32_t no_entry = 0xFFFF'FFFF;            // FREESECT and NOSTREAM

/// Entries of the DIFAT that the header holds.
inline constexpr std::size_t header_difat_size = 109;

/// The first 512 bytes, in sector "-1".
struct Header {
  std::array<std::uint8_t, 8> magic;          // +0x00
  std::array<std::uint8_t, 16> class_id;      // +0x08
  le16 minor_version;                         // +0x18
  le16 major_version;                         // +0x1A  3 or 4
  le16 byte_order;                            // +0x1C
  le16 sector_shift;                          // +0x1E  9, or 12 in version 4
  le16 mini_sector_shift;                     // +0x20  6
  std::array<std::uint8_t, 6> reserved;       // +0x22
  le32 directory_sector_count;                // +0x28  0 in version 3
  le32 fat_sector_count;                      // +0x2C
  le32 first_directory_sector;                // +0x30
  le32 transaction_signature;                 // +0x34
  le32 mini_stream_cutoff;                    // +0x38  smaller streams lie in the mini stream: 4096
  le32 first_mini_fat_sector;                 // +0x3C
  le32 mini_fat_sector_count;                 // +0x40
  le32 first_difat_sector;                    // +0x44
  le32 difat_sector_count;                    // +0x48
  std::array<le32, header_difat_size> difat;  // +0x4C
};
static_assert(sizeof(Header) == 512);

enum class EntryKind : std::uint8_t { unused = 0, storage = 1, stream = 2, root = 5 };

/// One entry of the directory.
struct DirectoryEntry {
  std::array<le16, 32> name;              // +0x00  UTF-16, NUL at the end
  le16 name_size;                         // +0x40  bytes, with the NUL
  std::uint8_t kind;                      // +0x42  EntryKind
  std::uint8_t color;                     // +0x43
  le32 left;                              // +0x44  siblings are a binary tree
  le32 right;                             // +0x48
  le32 child;                             // +0x4C  root of the tree of a storage's entries
  std::array<std::uint8_t, 16> class_id;  // +0x50
  le32 state;                             // +0x60
  le64 created;                           // +0x64
  le64 modified;                          // +0x6C
  le32 first_sector;                      // +0x74  of the root: of the mini stream
  le64 size;                              // +0x78  in version 3 the lower half alone counts
};
static_assert(sizeof(DirectoryEntry) == 128);

/// A property set stream begins with it.
struct PropertySetHeader {
  le16 byte_order;                         // +0x00
  le16 version;                            // +0x02
  le32 system;                             // +0x04
  std::array<std::uint8_t, 16> class_id;   // +0x08
  le32 set_count;                          // +0x18
  std::array<std::uint8_t, 16> format_id;  // +0x1C  of the first set
  le32 first_set;                          // +0x2C  from the begin of the stream
};
static_assert(sizeof(PropertySetHeader) == 48);

struct PropertySet {
  le32 size;   // +0x00
  le32 count;  // +0x04
};
static_assert(sizeof(PropertySet) == 8);

struct PropertyReference {
  le32 id;      // +0x00
  le32 offset;  // +0x04  from the begin of the set
};
static_assert(sizeof(PropertyReference) == 8);

/// VT_LPSTR and VT_LPWSTR; characters follow.
struct PropertyText {
  le16 type;      // +0x00
  le16 reserved;  // +0x02
  le32 size;      // +0x04  VT_LPSTR: bytes, VT_LPWSTR: UTF-16 units; with the NUL
};
static_assert(sizeof(PropertyText) == 8);

inline constexpr std::uint16_t type_text = 30;       // VT_LPSTR
inline constexpr std::uint16_t type_wide_text = 31;  // VT_LPWSTR

}  // namespace casement::compound_layout

// SPDX-License-Identifier: Apache-2.0
// WIM files as stored: header, resources, blob table, integrity table.
//
// Sources: Microsoft, "Windows Imaging File Format (WIM)" white paper (2007); wimlib 1.13,
// include/wimlib/{header,resource,pipable}.h and src/{blob_table,integrity}.c, for solid and
// pipable files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::wim_layout {

inline constexpr std::array<char, 8> magic = {'M', 'S', 'W', 'I', 'M', '\0', '\0', '\0'};
inline constexpr std::array<char, 8> pipable_magic = {'W', 'L', 'P', 'W', 'M', '\0', '\0', '\0'};

inline constexpr std::uint32_t usual_version = 0x00010D00;
inline constexpr std::uint32_t solid_version = 0x00000E00;

/// Bits of Header::flags (FLAG_HEADER_*).
namespace header_flag {
inline constexpr std::uint32_t compressed = 0x0000'0002;
inline constexpr std::uint32_t read_only = 0x0000'0004;
inline constexpr std::uint32_t spanned = 0x0000'0008;
inline constexpr std::uint32_t resource_only = 0x0000'0010;
inline constexpr std::uint32_t metadata_only = 0x0000'0020;
inline constexpr std::uint32_t write_in_progress = 0x0000'0040;
inline constexpr std::uint32_t reparse_points_fixed = 0x0000'0080;
inline constexpr std::uint32_t xpress = 0x0002'0000;
inline constexpr std::uint32_t lzx = 0x0004'0000;
inline constexpr std::uint32_t lzms = 0x0008'0000;
inline constexpr std::uint32_t xpress_2 = 0x0020'0000;  // XPRESS with other chunk sizes
}  // namespace header_flag

/// Bits 56 to 63 of ResourceHeader::stored_size_and_flags (RESHDR_FLAG_*).
namespace resource_flag {
inline constexpr std::uint8_t free = 0x01;
inline constexpr std::uint8_t metadata = 0x02;
inline constexpr std::uint8_t compressed = 0x04;
inline constexpr std::uint8_t spanned = 0x08;
inline constexpr std::uint8_t solid = 0x10;
}  // namespace resource_flag

/// Where a resource lies ("reshdr").
struct ResourceHeader {
  le64 stored_size_and_flags;  // +0x00 bytes in the file, 56 bits; flags above them
  le64 offset;                 // +0x08 from the start of the file
  le64 size;                   // +0x10 bytes, plain
};
static_assert(sizeof(ResourceHeader) == 24);

/// The start of the file; of a pipable one its end, too, and only that one is complete.
struct Header {
  std::array<char, 8> magic;         // +0x00
  le32 header_size;                  // +0x08 208
  le32 version;                      // +0x0C
  le32 flags;                        // +0x10
  le32 chunk_size;                   // +0x14 bytes, plain; 0 stands for 32768 when compressed
  std::array<std::byte, 16> guid;    // +0x18 the same in all parts
  le16 part;                         // +0x28 from 1
  le16 part_count;                   // +0x2A
  le32 image_count;                  // +0x2C
  ResourceHeader blob_table;         // +0x30 "offset table"
  ResourceHeader xml;                // +0x48
  ResourceHeader boot_metadata;      // +0x60 all zero when no image is bootable
  le32 boot_index;                   // +0x78 from 1; 0: none
  ResourceHeader integrity;          // +0x7C all zero when there is none
  std::array<std::byte, 60> unused;  // +0x94
};
static_assert(sizeof(Header) == 208);

/// A row of the blob table.
struct BlobEntry {
  ResourceHeader resource;         // +0x00
  le16 part;                       // +0x18
  le32 references;                 // +0x1A
  std::array<std::byte, 20> sha1;  // +0x1E of the plain bytes
};
static_assert(sizeof(BlobEntry) == 50);

/// The plain size that marks a row as a solid resource and not as a blob in one.
inline constexpr std::uint64_t solid_resource_mark = 0x1'0000'0000;

/// The start of a solid resource; the stored sizes of its chunks follow, 32 bits each.
struct SolidHeader {
  le64 size;         // +0x00 bytes, plain
  le32 chunk_size;   // +0x08 bytes, plain
  le32 compression;  // +0x0C 0 none, 1 XPRESS, 2 LZX, 3 LZMS
};
static_assert(sizeof(SolidHeader) == 16);

/// In front of each resource of a pipable file; offsets in tables point behind it.
struct PipableBlobHeader {
  le64 magic;                      // +0x00 0x2B9B9BA2443DB9D8
  le64 size;                       // +0x08 bytes, plain
  std::array<std::byte, 20> sha1;  // +0x10
  le32 flags;                      // +0x24 as in ResourceHeader
};
static_assert(sizeof(PipableBlobHeader) == 40);

/// In front of each chunk of a pipable file. The offsets in the chunk table leave it out.
struct PipableChunkHeader {
  le32 stored_size;  // +0x00
};
static_assert(sizeof(PipableChunkHeader) == 4);

/// The start of the integrity table; a SHA-1 for each chunk follows. The chunks cover the file from
/// the end of its header to the end of its blob table.
struct IntegrityHeader {
  le32 table_size;   // +0x00 bytes, with this header
  le32 chunk_count;  // +0x04
  le32 chunk_size;   // +0x08 bytes of the file
};
static_assert(sizeof(IntegrityHeader) == 12);

}  // namespace casement::wim_layout

// SPDX-License-Identifier: Apache-2.0
// On-disk structures of EWF images (version 1: E01 and s01). Everything is little-endian.
//
// Sources: "Expert Witness Compression Format specification" of libewf; ASR Data's description of
// the format of SMART. A checksum is the Adler-32 of what lies before it in its structure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::ewf_layout {

/// What each segment begins with.
struct FileHeader {
  std::array<char, 8> signature;  // +0x00 "EVF\t\r\n\xFF\0"
  std::uint8_t fields_start;      // +0x08 1
  le16 segment_number;            // +0x09 the first is 1
  le16 fields_end;                // +0x0B 0
};
static_assert(sizeof(FileHeader) == 13);

/// What each section begins with.
struct SectionDescriptor {
  std::array<char, 16> type;          // +0x00 "sectors", padded with NULs
  le64 next;                          // +0x10 of the next section, from the start of the segment
  le64 size;                          // +0x18 this descriptor included; some writers leave it 0
  std::array<std::byte, 40> padding;  // +0x20 EnCase 2 leaves rubbish here
  le32 checksum;                      // +0x48
};
static_assert(sizeof(SectionDescriptor) == 76);

/// Body of `volume`, `disk` and `data`.
struct Volume {
  std::uint8_t media_type;                    // +0x000 0 removable, 1 fixed, 3 optical, 16 memory
  std::array<std::byte, 3> unknown_1;         // +0x001
  le32 chunk_count;                           // +0x004
  le32 sectors_per_chunk;                     // +0x008
  le32 bytes_per_sector;                      // +0x00C
  le64 sector_count;                          // +0x010
  std::array<std::byte, 12> chs;              // +0x018 cylinders, heads, sectors
  std::uint8_t media_flags;                   // +0x024 1 image, 2 physical
  std::array<std::byte, 19> unknown_2;        // +0x025
  std::uint8_t compression;                   // +0x038 level
  std::array<std::byte, 7> unknown_3;         // +0x039
  std::array<std::byte, 16> set_id;           // +0x040 GUID of the acquisition; zeros: none
  std::array<std::byte, 963> unknown_4;       // +0x050
  std::array<std::byte, 5> unused_signature;  // +0x413
  le32 checksum;                              // +0x418
};
static_assert(sizeof(Volume) == 1052);

/// Body of `volume` as SMART writes it.
struct SmartVolume {
  le32 reserved;                      // +0x00 1
  le32 chunk_count;                   // +0x04
  le32 sectors_per_chunk;             // +0x08
  le32 bytes_per_sector;              // +0x0C
  le32 sector_count;                  // +0x10
  std::array<std::byte, 65> unknown;  // +0x14
  std::array<char, 5> signature;      // +0x55 "SMART"
  le32 checksum;                      // +0x5A
};
static_assert(sizeof(SmartVolume) == 94);

/// `table` and `table2` begin with this; le32 entries follow, and then their checksum, which SMART
/// leaves out.
struct TableHeader {
  le32 entry_count;  // +0x00
  le32 padding_1;    // +0x04
  le64 base_offset;  // +0x08 of all entries, from the start of the segment; 0 before EnCase 6
  le32 padding_2;    // +0x10
  le32 checksum;     // +0x14
};
static_assert(sizeof(TableHeader) == 24);

/// Of a table's entry: the chunk is a zlib stream. Else it is plain, and its checksum follows it.
inline constexpr std::uint32_t compressed_bit = 0x8000'0000;

/// Body of `hash`.
struct Hash {
  std::array<std::byte, 16> md5;      // +0x00
  std::array<std::byte, 16> unknown;  // +0x10
  le32 checksum;                      // +0x20
};
static_assert(sizeof(Hash) == 36);

/// Body of `digest`.
struct Digest {
  std::array<std::byte, 16> md5;      // +0x00 zeros: none
  std::array<std::byte, 20> sha1;     // +0x10 zeros: none
  std::array<std::byte, 40> padding;  // +0x24
  le32 checksum;                      // +0x4C
};
static_assert(sizeof(Digest) == 80);

/// `error2` begins with this; ErrorEntry follow, and then their checksum.
struct ErrorHeader {
  le32 entry_count;                    // +0x000
  std::array<std::byte, 512> unknown;  // +0x004
  le32 checksum;                       // +0x204
};
static_assert(sizeof(ErrorHeader) == 520);

/// Sectors that could not be read when the image was taken.
struct ErrorEntry {
  le32 first_sector;  // +0x00
  le32 sector_count;  // +0x04
};
static_assert(sizeof(ErrorEntry) == 8);

}  // namespace casement::ewf_layout

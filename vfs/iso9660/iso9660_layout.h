// SPDX-License-Identifier: Apache-2.0
// An ISO 9660 volume as it lies on disk: ECMA-119, the Joliet specification, SUSP and RRIP 1.12.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::iso9660_layout {

/// ECMA-119 6.1.2: the unit in which directory records are kept, not that of extents.
inline constexpr std::uint32_t sector_size = 2048;
/// 6.2.1: the first sixteen sectors are the system area.
inline constexpr std::uint32_t first_descriptor = 16;

/// 7.2.3 and 7.3.3: a number twice, little- and big-endian.
struct Both16 {
  le16 little;  // +0x00
  be16 big;     // +0x02
};
static_assert(sizeof(Both16) == 4);

struct Both32 {
  le32 little;  // +0x00
  be32 big;     // +0x04
};
static_assert(sizeof(Both32) == 8);

/// 9.1.5
struct RecordTime {
  std::uint8_t year;    // +0x00: since 1900
  std::uint8_t month;   // +0x01
  std::uint8_t day;     // +0x02
  std::uint8_t hour;    // +0x03
  std::uint8_t minute;  // +0x04
  std::uint8_t second;  // +0x05
  std::uint8_t zone;    // +0x06: signed, quarters of an hour east of UTC
};
static_assert(sizeof(RecordTime) == 7);

/// 8.4.26.1: digits; sixteen times '0' and a zone of 0: not specified.
struct DigitTime {
  char year[4];        // +0x00
  char month[2];       // +0x04
  char day[2];         // +0x06
  char hour[2];        // +0x08
  char minute[2];      // +0x0A
  char second[2];      // +0x0C
  char hundredths[2];  // +0x0E
  std::uint8_t zone;   // +0x10: as above
};
static_assert(sizeof(DigitTime) == 17);

/// 9.1; the name follows, filled up to an even length, then the system use field.
struct DirectoryRecord {
  std::uint8_t length;            // +0x00: of the record
  std::uint8_t attribute_blocks;  // +0x01: extended attribute record, before the file's bytes
  Both32 extent;                  // +0x02: logical block
  Both32 size;                    // +0x0A: bytes, without the extended attribute record
  RecordTime recorded;            // +0x12
  std::uint8_t flags;             // +0x19
  std::uint8_t unit_size;         // +0x1A: of interleaved files
  std::uint8_t gap_size;          // +0x1B
  Both16 volume_number;           // +0x1C
  std::uint8_t name_length;       // +0x20
};
static_assert(sizeof(DirectoryRecord) == 33);

/// DirectoryRecord::flags
namespace record_flag {
inline constexpr std::uint8_t hidden = 0x01;
inline constexpr std::uint8_t directory = 0x02;
inline constexpr std::uint8_t associated = 0x04;
inline constexpr std::uint8_t more_extents = 0x80;
}  // namespace record_flag

/// 8.1: what all descriptors begin with.
struct DescriptorHead {
  std::uint8_t type;     // +0x00
  char identifier[5];    // +0x01: "CD001"
  std::uint8_t version;  // +0x06
};
static_assert(sizeof(DescriptorHead) == 7);

namespace descriptor_type {
inline constexpr std::uint8_t boot_record = 0;
inline constexpr std::uint8_t primary = 1;
inline constexpr std::uint8_t supplementary = 2;  // version 2: enhanced (ISO 9660:1999)
inline constexpr std::uint8_t partition = 3;
inline constexpr std::uint8_t terminator = 255;
}  // namespace descriptor_type

/// 8.4 and 8.5, primary and supplementary ones. Texts are filled up with spaces.
struct VolumeDescriptor {
  DescriptorHead head;             // +0x00
  std::uint8_t flags;              // +0x07: of supplementary ones
  std::byte system_id[32];         // +0x08
  std::byte volume_id[32];         // +0x28
  std::uint8_t unused[8];          // +0x48
  Both32 block_count;              // +0x50
  char escape_sequences[32];       // +0x58: of supplementary ones
  Both16 volume_count;             // +0x78
  Both16 volume_number;            // +0x7C
  Both16 block_size;               // +0x80
  Both32 path_table_size;          // +0x84
  le32 path_table;                 // +0x8C
  le32 optional_path_table;        // +0x90
  be32 big_path_table;             // +0x94
  be32 optional_big_path_table;    // +0x98
  DirectoryRecord root;            // +0x9C
  std::uint8_t root_name;          // +0xBD
  std::byte volume_set_id[128];    // +0xBE
  std::byte publisher_id[128];     // +0x13E
  std::byte preparer_id[128];      // +0x1BE
  std::byte application_id[128];   // +0x23E
  std::byte file_ids[111];         // +0x2BE: copyright, abstract, bibliographic
  DigitTime created;               // +0x32D
  DigitTime modified;              // +0x33E
  DigitTime expires;               // +0x34F
  DigitTime effective;             // +0x360
  std::uint8_t structure_version;  // +0x371
};
static_assert(sizeof(VolumeDescriptor) == 0x372);
static_assert(offsetof(VolumeDescriptor, root) == 156);

/// 8.2
struct BootRecord {
  DescriptorHead head;  // +0x00
  char system_id[32];   // +0x07: "EL TORITO SPECIFICATION", then zeros
  char boot_id[32];     // +0x27
  le32 catalog;         // +0x47: of El Torito: a sector
};
static_assert(sizeof(BootRecord) == 75);

/// SUSP 4: what all entries of a system use field begin with.
struct UseEntry {
  char signature[2];     // +0x00
  std::uint8_t length;   // +0x02: of the entry
  std::uint8_t version;  // +0x03
};
static_assert(sizeof(UseEntry) == 4);

/// SUSP 5.3, "SP": in the first record of the root.
struct UseStart {
  UseEntry head;          // +0x00
  std::uint8_t check[2];  // +0x04: BE EF
  std::uint8_t skip;      // +0x06: bytes to pass over in other records
};
static_assert(sizeof(UseStart) == 7);

/// SUSP 5.1, "CE": the field goes on elsewhere.
struct UseContinuation {
  UseEntry head;  // +0x00
  Both32 block;   // +0x04
  Both32 offset;  // +0x0C
  Both32 length;  // +0x14
};
static_assert(sizeof(UseContinuation) == 28);

/// RRIP 4.1.5.1, "CL": the directory lies elsewhere.
struct UseChildLink {
  UseEntry head;  // +0x00
  Both32 block;   // +0x04
};
static_assert(sizeof(UseChildLink) == 12);

/// RRIP 4.1.4, "NM", and 4.1.6, "TF": a byte of flags, then names or times.
struct UseFlags {
  UseEntry head;       // +0x00
  std::uint8_t flags;  // +0x04
};
static_assert(sizeof(UseFlags) == 5);

}  // namespace casement::iso9660_layout

// SPDX-License-Identifier: Apache-2.0
// Descriptors of a UDF volume as they lie on disk: ECMA-167 parts 1 to 3, OSTA UDF 2.60.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::udf_layout {

/// 3/7.2 and 4/7.2. The CRC covers `crc_length` bytes behind the tag.
struct Tag {
  le16 identifier;        // +0x00
  le16 version;           // +0x02: 2 with NSR02, 3 with NSR03
  std::uint8_t checksum;  // +0x04: the sum of the other 15 bytes
  std::uint8_t reserved;  // +0x05
  le16 serial;            // +0x06
  le16 crc;               // +0x08
  le16 crc_length;        // +0x0A
  le32 location;          // +0x0C: the block that it lies in
};
static_assert(sizeof(Tag) == 16);

namespace tag_id {
inline constexpr std::uint16_t primary_volume = 1;
inline constexpr std::uint16_t anchor = 2;
inline constexpr std::uint16_t volume_pointer = 3;
inline constexpr std::uint16_t implementation_use = 4;
inline constexpr std::uint16_t partition = 5;
inline constexpr std::uint16_t logical_volume = 6;
inline constexpr std::uint16_t unallocated_space = 7;
inline constexpr std::uint16_t terminator = 8;
inline constexpr std::uint16_t integrity = 9;
inline constexpr std::uint16_t file_set = 256;
inline constexpr std::uint16_t file_identifier = 257;
inline constexpr std::uint16_t allocation_extent = 258;
inline constexpr std::uint16_t indirect_entry = 259;
inline constexpr std::uint16_t file_entry = 261;
inline constexpr std::uint16_t extended_attributes = 262;
inline constexpr std::uint16_t extended_file_entry = 266;
}  // namespace tag_id

/// 3/7.1: sectors of the volume.
struct Extent {
  le32 length;    // +0x00: bytes
  le32 location;  // +0x04
};
static_assert(sizeof(Extent) == 8);

/// 4/7.1, lb_addr: a block of a partition.
struct BlockAddress {
  le32 block;      // +0x00
  le16 partition;  // +0x04: the number of its map in the logical volume descriptor
};
static_assert(sizeof(BlockAddress) == 6);

/// 4/14.14.1. The top two bits of each length are the kind of the extent.
struct ShortAllocation {
  le32 length;  // +0x00
  le32 block;   // +0x04: in the partition that the descriptor lies in
};
static_assert(sizeof(ShortAllocation) == 8);

/// 4/14.14.2
struct LongAllocation {
  le32 length;                         // +0x00
  BlockAddress location;               // +0x04
  std::uint8_t implementation_use[6];  // +0x0A
};
static_assert(sizeof(LongAllocation) == 16);

/// 4/14.14.3
struct ExtendedAllocation {
  le32 length;                         // +0x00
  le32 recorded_length;                // +0x04
  le32 information_length;             // +0x08
  BlockAddress location;               // +0x0C
  std::uint8_t implementation_use[2];  // +0x12
};
static_assert(sizeof(ExtendedAllocation) == 20);

/// 1/7.3. Type and zone: the type is in the top four bits, below it minutes east of UTC.
struct Timestamp {
  le16 type_and_zone;                     // +0x00
  le16 year;                              // +0x02: signed
  std::uint8_t month;                     // +0x04
  std::uint8_t day;                       // +0x05
  std::uint8_t hour;                      // +0x06
  std::uint8_t minute;                    // +0x07
  std::uint8_t second;                    // +0x08
  std::uint8_t centiseconds;              // +0x09
  std::uint8_t hundreds_of_microseconds;  // +0x0A
  std::uint8_t microseconds;              // +0x0B
};
static_assert(sizeof(Timestamp) == 12);

/// 1/7.4, regid. UDF 2.1.5.3: for domains, the suffix begins with the revision.
struct EntityId {
  std::uint8_t flags;      // +0x00
  char identifier[23];     // +0x01: filled up with zeros
  le16 revision;           // +0x18: of suffixes that have one
  std::uint8_t suffix[6];  // +0x1A
};
static_assert(sizeof(EntityId) == 32);

/// 2/9.1: one of the volume recognition sequence, from byte 32768 of the volume on.
struct VolumeStructure {
  std::uint8_t type;     // +0x00
  char identifier[5];    // +0x01: "BEA01", "NSR02", "NSR03", "TEA01", "CD001", "BOOT2", "CDW02"
  std::uint8_t version;  // +0x06
};
static_assert(sizeof(VolumeStructure) == 7);

/// 3/10.2
struct Anchor {
  Tag tag;         // +0x00
  Extent main;     // +0x10
  Extent reserve;  // +0x18
};
static_assert(sizeof(Anchor) == 32);

/// 3/10.1, the part that is read.
struct PrimaryVolume {
  Tag tag;                            // +0x00
  le32 sequence_number;               // +0x10
  le32 number;                        // +0x14
  std::byte volume_id[32];            // +0x18: dstring
  le16 volume_number;                 // +0x38
  le16 max_volume_number;             // +0x3A
  std::byte levels_and_charsets[12];  // +0x3C
  std::byte volume_set_id[128];       // +0x48: dstring
  std::byte charsets[128];            // +0xC8
  Extent abstract;                    // +0x148
  Extent copyright;                   // +0x150
  EntityId application;               // +0x158
  Timestamp recorded;                 // +0x178
  EntityId implementation;            // +0x184
};
static_assert(sizeof(PrimaryVolume) == 0x1A4);

/// 3/10.3
struct VolumePointer {
  Tag tag;               // +0x00
  le32 sequence_number;  // +0x10
  Extent next;           // +0x14
};
static_assert(sizeof(VolumePointer) == 28);

/// 3/10.5, the part that is read.
struct Partition {
  Tag tag;                      // +0x00
  le32 sequence_number;         // +0x10
  le16 flags;                   // +0x14: bit 0: space is allocated
  le16 number;                  // +0x16
  EntityId contents;            // +0x18: "+NSR02", "+NSR03"
  std::byte contents_use[128];  // +0x38
  le32 access_type;             // +0xB8
  le32 start;                   // +0xBC: sector
  le32 length;                  // +0xC0: sectors
};
static_assert(sizeof(Partition) == 0xC4);

/// 3/10.6; the partition maps follow.
struct LogicalVolume {
  Tag tag;                            // +0x00
  le32 sequence_number;               // +0x10
  std::byte charset[64];              // +0x14
  std::byte identifier[128];          // +0x54: dstring
  le32 block_size;                    // +0xD4
  EntityId domain;                    // +0xD8: "*OSTA UDF Compliant"
  LongAllocation file_set;            // +0xF8: where the file set descriptors lie
  le32 map_table_length;              // +0x108
  le32 map_count;                     // +0x10C
  EntityId implementation;            // +0x110
  std::byte implementation_use[128];  // +0x130
  Extent integrity;                   // +0x1B0
};
static_assert(sizeof(LogicalVolume) == 0x1B8);

/// 3/10.10, the part that is read.
struct Integrity {
  Tag tag;             // +0x00
  Timestamp recorded;  // +0x10
  le32 type;           // +0x1C: 0 open, 1 closed
  Extent next;         // +0x20
};
static_assert(sizeof(Integrity) == 40);

/// 3/10.7.1
struct MapHead {
  std::uint8_t type;    // +0x00: 1, 2
  std::uint8_t length;  // +0x01
};
static_assert(sizeof(MapHead) == 2);

/// 3/10.7.2
struct PhysicalMap {
  MapHead head;        // +0x00
  le16 volume_number;  // +0x02
  le16 partition;      // +0x04
};
static_assert(sizeof(PhysicalMap) == 6);

/// 3/10.7.3 with UDF 2.2.8 to 2.2.10: what the kinds of type 2 have in common.
struct TypedMap {
  MapHead head;              // +0x00
  std::uint8_t reserved[2];  // +0x02
  EntityId kind;             // +0x04: "*UDF Virtual Partition", ...
  le16 volume_number;        // +0x24
  le16 partition;            // +0x26
};
static_assert(sizeof(TypedMap) == 40);

/// UDF 2.2.9
struct SparableMap {
  TypedMap map;              // +0x00
  le16 packet_length;        // +0x28: blocks
  std::uint8_t table_count;  // +0x2A
  std::uint8_t reserved;     // +0x2B
  le32 table_size;           // +0x2C: bytes
  le32 tables[4];            // +0x30: sectors
};
static_assert(sizeof(SparableMap) == 64);

/// UDF 2.2.10
struct MetadataMap {
  TypedMap map;              // +0x00
  le32 file;                 // +0x28: blocks of the file entries
  le32 mirror;               // +0x2C
  le32 bitmap;               // +0x30
  le32 unit;                 // +0x34
  le16 alignment;            // +0x38
  std::uint8_t flags;        // +0x3A: bit 0: the mirror has blocks of its own
  std::uint8_t reserved[5];  // +0x3B
};
static_assert(sizeof(MetadataMap) == 64);

/// UDF 2.2.12; the entries follow.
struct SparingTable {
  Tag tag;        // +0x00: the identifier is 0
  EntityId kind;  // +0x10: "*UDF Sparing Table"
  le16 count;     // +0x30
  le16 reserved;  // +0x32
  le32 sequence;  // +0x34
};
static_assert(sizeof(SparingTable) == 56);

struct SparingEntry {
  le32 original;  // +0x00: first block of a packet; above 0xFFFFFFEF: none
  le32 mapped;    // +0x04: a sector of the volume
};
static_assert(sizeof(SparingEntry) == 8);

/// UDF 2.2.11 from 2.00 on; the table begins behind `length` bytes. 1.50 has instead, behind the
/// table, an EntityId "*UDF Virtual Alloc Tbl" and the block of the table before.
struct VirtualTable {
  le16 length;  // +0x00
};
static_assert(sizeof(VirtualTable) == 2);

}  // namespace casement::udf_layout

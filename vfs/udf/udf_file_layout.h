// SPDX-License-Identifier: Apache-2.0
// File sets, file entries and directories of UDF as they lie on disk: ECMA-167 part 4.
#pragma once

#include "vfs/udf/udf_layout.h"

namespace casement::udf_layout {

/// 4/14.1
struct FileSet {
  Tag tag;                            // +0x00
  Timestamp recorded;                 // +0x10
  std::byte levels_and_charsets[12];  // +0x1C
  le32 number;                        // +0x28
  le32 descriptor_number;             // +0x2C
  std::byte volume_charset[64];       // +0x30
  std::byte volume_id[128];           // +0x70: dstring
  std::byte charset[64];              // +0xF0
  std::byte identifier[32];           // +0x130: dstring
  std::byte copyright_file[32];       // +0x150
  std::byte abstract_file[32];        // +0x170
  LongAllocation root;                // +0x190
  EntityId domain;                    // +0x1A0
  LongAllocation next;                // +0x1C0
  LongAllocation streams;             // +0x1D0: the stream directory of the volume
  std::byte reserved[32];             // +0x1E0
};
static_assert(sizeof(FileSet) == 512);

/// 4/14.6
struct IcbTag {
  le32 prior_entries;       // +0x00
  le16 strategy;            // +0x04
  le16 strategy_parameter;  // +0x06
  le16 max_entries;         // +0x08
  std::uint8_t reserved;    // +0x0A
  std::uint8_t file_type;   // +0x0B
  BlockAddress parent;      // +0x0C
  le16 flags;               // +0x12
};
static_assert(sizeof(IcbTag) == 20);

inline constexpr std::uint16_t strategy_direct = 4;
inline constexpr std::uint16_t strategy_chain = 4096;

namespace file_type {
inline constexpr std::uint8_t directory = 4;
inline constexpr std::uint8_t regular = 5;
inline constexpr std::uint8_t stream_directory = 13;
inline constexpr std::uint8_t virtual_table = 248;
inline constexpr std::uint8_t real_time = 249;
inline constexpr std::uint8_t metadata = 250;
inline constexpr std::uint8_t metadata_mirror = 251;
}  // namespace file_type

/// IcbTag::flags
namespace icb_flag {
inline constexpr std::uint16_t allocation_kind = 0x0007;
inline constexpr std::uint16_t archive = 0x0020;
inline constexpr std::uint16_t system = 0x0400;
inline constexpr std::uint16_t transformed = 0x0800;
}  // namespace icb_flag

/// icb_flag::allocation_kind
namespace allocation {
inline constexpr std::uint16_t short_descriptors = 0;
inline constexpr std::uint16_t long_descriptors = 1;
inline constexpr std::uint16_t extended_descriptors = 2;
inline constexpr std::uint16_t in_entry = 3;
}  // namespace allocation

/// The top two bits of the length of an extent, 4/14.14.1.1.
namespace extent_kind {
inline constexpr std::uint32_t recorded = 0;
inline constexpr std::uint32_t allocated = 1;     // not recorded: zeros
inline constexpr std::uint32_t unallocated = 2;   // zeros
inline constexpr std::uint32_t continuation = 3;  // more allocation descriptors
}  // namespace extent_kind
inline constexpr unsigned extent_kind_shift = 30;
inline constexpr std::uint32_t extent_length_mask = 0x3FFF'FFFF;

/// What file entries and extended ones begin with.
struct EntryHead {
  Tag tag;                          // +0x00
  IcbTag icb;                       // +0x10
  le32 user;                        // +0x24
  le32 group;                       // +0x28
  le32 permissions;                 // +0x2C
  le16 link_count;                  // +0x30
  std::uint8_t record_format;       // +0x32
  std::uint8_t display_attributes;  // +0x33
  le32 record_length;               // +0x34
  le64 size;                        // +0x38: information length
};
static_assert(sizeof(EntryHead) == 64);

/// Who may write: bits of the permissions of others, group and owner.
inline constexpr std::uint32_t write_permissions = 0x0842;

/// 4/14.9; extended attributes, then allocation descriptors follow.
struct FileEntry {
  EntryHead head;             // +0x00
  le64 blocks;                // +0x40: recorded
  Timestamp accessed;         // +0x48
  Timestamp modified;         // +0x54
  Timestamp changed;          // +0x60
  le32 checkpoint;            // +0x6C
  LongAllocation attributes;  // +0x70
  EntityId implementation;    // +0x80
  le64 unique_id;             // +0xA0
  le32 attributes_length;     // +0xA8
  le32 allocations_length;    // +0xAC
};
static_assert(sizeof(FileEntry) == 176);

/// 4/14.17
struct ExtendedFileEntry {
  EntryHead head;             // +0x00
  le64 object_size;           // +0x40: with all streams
  le64 blocks;                // +0x48
  Timestamp accessed;         // +0x50
  Timestamp modified;         // +0x5C
  Timestamp created;          // +0x68
  Timestamp changed;          // +0x74
  le32 checkpoint;            // +0x80
  le32 reserved;              // +0x84
  LongAllocation attributes;  // +0x88
  LongAllocation streams;     // +0x98
  EntityId implementation;    // +0xA8
  le64 unique_id;             // +0xC8
  le32 attributes_length;     // +0xD0
  le32 allocations_length;    // +0xD4
};
static_assert(sizeof(ExtendedFileEntry) == 216);

/// 4/14.10.1: before the extended attributes.
struct AttributesHeader {
  Tag tag;                         // +0x00
  le32 implementation_attributes;  // +0x10: where those begin
  le32 application_attributes;     // +0x14
};
static_assert(sizeof(AttributesHeader) == 24);

/// 4/14.10.2
struct AttributeHead {
  le32 type;                 // +0x00
  std::uint8_t subtype;      // +0x04
  std::uint8_t reserved[3];  // +0x05
  le32 length;               // +0x08: with this head
};
static_assert(sizeof(AttributeHead) == 12);

/// 4/14.10.5, type 5: the moments follow, one for each bit of `existence`.
struct FileTimes {
  AttributeHead head;  // +0x00
  le32 length;         // +0x0C
  le32 existence;      // +0x10: bit 0: creation
};
static_assert(sizeof(FileTimes) == 20);
inline constexpr std::uint32_t file_times_type = 5;

/// 4/14.5; the allocation descriptors follow.
struct AllocationExtent {
  Tag tag;        // +0x00
  le32 previous;  // +0x10
  le32 length;    // +0x14: bytes of the descriptors
};
static_assert(sizeof(AllocationExtent) == 24);

/// 4/14.7
struct IndirectEntry {
  Tag tag;              // +0x00
  IcbTag icb;           // +0x10
  LongAllocation next;  // +0x24
};
static_assert(sizeof(IndirectEntry) == 52);

/// 4/14.4; implementation use, then the name follow, filled up to a multiple of 4.
struct FileIdentifier {
  Tag tag;                         // +0x00
  le16 version;                    // +0x10
  std::uint8_t characteristics;    // +0x12
  std::uint8_t name_length;        // +0x13
  LongAllocation icb;              // +0x14
  le16 implementation_use_length;  // +0x24
};
static_assert(sizeof(FileIdentifier) == 38);

/// FileIdentifier::characteristics
namespace characteristic {
inline constexpr std::uint8_t hidden = 0x01;
inline constexpr std::uint8_t directory = 0x02;
inline constexpr std::uint8_t deleted = 0x04;
inline constexpr std::uint8_t parent = 0x08;
inline constexpr std::uint8_t metadata = 0x10;  // a stream of the implementation, not of the user
}  // namespace characteristic

}  // namespace casement::udf_layout

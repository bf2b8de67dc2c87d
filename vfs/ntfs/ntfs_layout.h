// SPDX-License-Identifier: Apache-2.0
// On-disk structures of NTFS records, attributes and indexes.
//
// Sources: the NTFS documentation of libfsntfs (github.com/libyal/libfsntfs) and of the Linux-NTFS
// project, layout.h of ntfs-3g, checked against real volumes. Multi-byte fields are little-endian;
// a file reference is 48 bits of record number and 16 bits of sequence number.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::ntfs_layout {

/// Bytes between two protected words, whatever the sector size.
inline constexpr std::size_t fixup_stride = 512;

/// Head of every block with an update sequence: FILE, INDX, RSTR, RCRD.
struct BlockHeader {
  std::array<char, 4> signature;  // +0x00
  le16 usa_offset;                // +0x04 of the update sequence array
  le16 usa_count;                 // +0x06 its words: the number and one a protected word
  le64 lsn;                       // +0x08
};
static_assert(sizeof(BlockHeader) == 16);

/// A file record as NT 4 wrote it; the update sequence array may follow at +0x2A.
struct RecordHeader {
  BlockHeader block;       // +0x00 "FILE", or "BAAD" when chkdsk gave it up
  le16 sequence;           // +0x10
  le16 link_count;         // +0x12
  le16 attributes_offset;  // +0x14
  le16 flags;              // +0x16 record_flag
  le32 used_size;          // +0x18 bytes
  le32 allocated_size;     // +0x1C bytes
  le64 base_record;        // +0x20 file reference; 0: this is a base record
  le16 next_attribute_id;  // +0x28
};
static_assert(sizeof(RecordHeader) == 42);

/// What NTFS 3.1 (Windows XP) added after RecordHeader.
struct RecordHeader31 {
  RecordHeader base;   // +0x00
  le16 unused_2a;      // +0x2A
  le32 record_number;  // +0x2C
};
static_assert(sizeof(RecordHeader31) == 48);

namespace record_flag {
inline constexpr std::uint16_t in_use = 0x0001;
inline constexpr std::uint16_t directory = 0x0002;
inline constexpr std::uint16_t in_extend = 0x0004;
inline constexpr std::uint16_t view_index = 0x0008;
}  // namespace record_flag

/// Numbers of the records that have a fixed meaning.
namespace metadata_record {
inline constexpr std::uint64_t mft = 0;
inline constexpr std::uint64_t mft_mirror = 1;
inline constexpr std::uint64_t log_file = 2;
inline constexpr std::uint64_t volume = 3;
inline constexpr std::uint64_t attr_def = 4;
inline constexpr std::uint64_t root = 5;
inline constexpr std::uint64_t bitmap = 6;
inline constexpr std::uint64_t boot = 7;
inline constexpr std::uint64_t bad_clusters = 8;
inline constexpr std::uint64_t secure = 9;
inline constexpr std::uint64_t upcase = 10;
inline constexpr std::uint64_t extend = 11;
inline constexpr std::uint64_t first_user = 16;
}  // namespace metadata_record

namespace attribute_type {
inline constexpr std::uint32_t standard_information = 0x10;
inline constexpr std::uint32_t attribute_list = 0x20;
inline constexpr std::uint32_t file_name = 0x30;
inline constexpr std::uint32_t object_id = 0x40;
inline constexpr std::uint32_t security_descriptor = 0x50;
inline constexpr std::uint32_t volume_name = 0x60;
inline constexpr std::uint32_t volume_information = 0x70;
inline constexpr std::uint32_t data = 0x80;
inline constexpr std::uint32_t index_root = 0x90;
inline constexpr std::uint32_t index_allocation = 0xA0;
inline constexpr std::uint32_t bitmap = 0xB0;
inline constexpr std::uint32_t reparse_point = 0xC0;
inline constexpr std::uint32_t ea_information = 0xD0;
inline constexpr std::uint32_t ea = 0xE0;
inline constexpr std::uint32_t logged_utility_stream = 0x100;
inline constexpr std::uint32_t end = 0xFFFF'FFFF;
}  // namespace attribute_type

/// What every attribute begins with.
struct AttributeHeader {
  le32 type;                  // +0x00 attribute_type
  le32 size;                  // +0x04 bytes with this header, a multiple of 8
  std::uint8_t non_resident;  // +0x08
  std::uint8_t name_length;   // +0x09 UTF-16 units
  le16 name_offset;           // +0x0A from this header
  le16 flags;                 // +0x0C attribute_flag
  le16 id;                    // +0x0E unique in its record
};
static_assert(sizeof(AttributeHeader) == 16);

namespace attribute_flag {
inline constexpr std::uint16_t compression_mask = 0x00FF;  // 1: LZNT1; nothing else is defined
inline constexpr std::uint16_t compressed = 0x0001;
inline constexpr std::uint16_t encrypted = 0x4000;
inline constexpr std::uint16_t sparse = 0x8000;
}  // namespace attribute_flag

struct ResidentHeader {
  AttributeHeader attribute;  // +0x00
  le32 value_length;          // +0x10
  le16 value_offset;          // +0x14 from this header
  std::uint8_t indexed;       // +0x16
  std::uint8_t unused_17;     // +0x17
};
static_assert(sizeof(ResidentHeader) == 24);

/// Sizes are valid in the extent that begins at VCN 0 only.
struct NonResidentHeader {
  AttributeHeader attribute;           // +0x00
  le64 lowest_vcn;                     // +0x10
  le64 highest_vcn;                    // +0x18 inclusive; -1: no clusters
  le16 runs_offset;                    // +0x20 from this header
  std::uint8_t compression_unit;       // +0x22 log2 of clusters; 0: not compressed
  std::array<std::byte, 5> unused_23;  // +0x23
  le64 allocated_size;                 // +0x28
  le64 data_size;                      // +0x30
  le64 valid_size;                     // +0x38 bytes from here on are zeros
  // +0x40 le64 total_allocated, only when compressed or sparse
};
static_assert(sizeof(NonResidentHeader) == 64);
inline constexpr std::size_t total_allocated_offset = 0x40;

/// Entry of $ATTRIBUTE_LIST.
struct AttributeListEntry {
  le32 type;                 // +0x00
  le16 size;                 // +0x04 bytes with the name, a multiple of 8
  std::uint8_t name_length;  // +0x06 UTF-16 units
  std::uint8_t name_offset;  // +0x07
  le64 lowest_vcn;           // +0x08
  le64 record;               // +0x10 file reference of the record that holds the attribute
  le16 attribute_id;         // +0x18
  // +0x1A name
};
static_assert(sizeof(AttributeListEntry) == 26);

/// $STANDARD_INFORMATION, the part that all versions have.
struct StandardInformation {
  le64 created;       // +0x00 FILETIME
  le64 modified;      // +0x08
  le64 changed;       // +0x10 the record
  le64 accessed;      // +0x18
  le32 attributes;    // +0x20 FILE_ATTRIBUTE_*
  le32 max_versions;  // +0x24
  le32 extra_flags;   // +0x28 bit 0: names in this directory differ by case
  le32 class_id;      // +0x2C
};
static_assert(sizeof(StandardInformation) == 48);
inline constexpr std::uint32_t extra_flag_case_sensitive = 0x0000'0001;

/// What NTFS 3.0 (Windows 2000) added.
struct StandardInformation30 {
  StandardInformation base;  // +0x00
  le32 owner_id;             // +0x30
  le32 security_id;          // +0x34 key of $Secure:$SII
  le64 quota_charged;        // +0x38
  le64 usn;                  // +0x40
};
static_assert(sizeof(StandardInformation30) == 72);

/// $FILE_NAME, and the key of directory index entries.
struct FileName {
  le64 parent;               // +0x00 file reference
  le64 created;              // +0x08 FILETIME; these four and the sizes are often stale
  le64 modified;             // +0x10
  le64 changed;              // +0x18
  le64 accessed;             // +0x20
  le64 allocated_size;       // +0x28
  le64 data_size;            // +0x30
  le32 attributes;           // +0x38 FILE_ATTRIBUTE_* and file_name_flag
  le32 reparse_tag;          // +0x3C or the size of the packed EAs
  std::uint8_t name_length;  // +0x40 UTF-16 units
  std::uint8_t name_space;   // +0x41 0 POSIX, 1 Win32, 2 DOS, 3 Win32 and DOS
  // +0x42 name
};
static_assert(sizeof(FileName) == 66);

namespace file_name_flag {
inline constexpr std::uint32_t directory = 0x1000'0000;
inline constexpr std::uint32_t view_index = 0x2000'0000;
}  // namespace file_name_flag

/// Where the entries of an index node are; offsets count from this header.
struct IndexNodeHeader {
  le32 entries_offset;                 // +0x00
  le32 used_size;                      // +0x04 bytes, this header included
  le32 allocated_size;                 // +0x08
  std::uint8_t flags;                  // +0x0C index_node_flag
  std::array<std::byte, 3> unused_0d;  // +0x0D
};
static_assert(sizeof(IndexNodeHeader) == 16);

namespace index_node_flag {
inline constexpr std::uint8_t has_children = 0x01;
}  // namespace index_node_flag

/// $INDEX_ROOT.
struct IndexRoot {
  le32 indexed_type;                   // +0x00 attribute_type; 0 in views
  le32 collation;                      // +0x04 index_collation
  le32 block_size;                     // +0x08 bytes
  std::uint8_t clusters_per_block;     // +0x0C or 512-byte units when blocks < clusters
  std::array<std::byte, 3> unused_0d;  // +0x0D
  IndexNodeHeader node;                // +0x10
};
static_assert(sizeof(IndexRoot) == 32);
/// IndexNodeHeader's place in an IndexRoot.
inline constexpr std::size_t index_root_node_offset = 0x10;

namespace index_collation {
inline constexpr std::uint32_t binary = 0x00;
inline constexpr std::uint32_t file_name = 0x01;
inline constexpr std::uint32_t unicode = 0x02;
inline constexpr std::uint32_t u32 = 0x10;
inline constexpr std::uint32_t sid = 0x11;
inline constexpr std::uint32_t security_hash = 0x12;
inline constexpr std::uint32_t u32_sequence = 0x13;
}  // namespace index_collation

/// One block of $INDEX_ALLOCATION.
struct IndexBlock {
  BlockHeader block;     // +0x00 "INDX"
  le64 vcn;              // +0x10 of this block
  IndexNodeHeader node;  // +0x18
};
static_assert(sizeof(IndexBlock) == 40);
/// IndexNodeHeader's place in an IndexBlock.
inline constexpr std::size_t index_block_node_offset = 0x18;
/// The unit of child VCNs where blocks are smaller than clusters.
inline constexpr std::uint32_t index_vcn_unit = 512;

/// Entry of a directory index: the key is a FileName.
struct IndexEntry {
  le64 record;     // +0x00 file reference
  le16 size;       // +0x08 bytes of the whole entry
  le16 key_size;   // +0x0A bytes of the key
  le16 flags;      // +0x0C index_entry_flag
  le16 unused_0e;  // +0x0E
  // +0x10 key; the last 8 bytes are the child's VCN when there is one
};
static_assert(sizeof(IndexEntry) == 16);

/// Entry of a view index ($SII, $SDH, $O, $Q, $R): a key and a value.
struct ViewIndexEntry {
  le16 value_offset;  // +0x00 from this entry
  le16 value_size;    // +0x02
  le32 unused_04;     // +0x04
  le16 size;          // +0x08 bytes of the whole entry
  le16 key_size;      // +0x0A
  le16 flags;         // +0x0C index_entry_flag
  le16 unused_0e;     // +0x0E
  // +0x10 key
};
static_assert(sizeof(ViewIndexEntry) == 16);

namespace index_entry_flag {
inline constexpr std::uint16_t has_child = 0x0001;
inline constexpr std::uint16_t last = 0x0002;
}  // namespace index_entry_flag

/// Head of an entry of $Secure:$SDS, and the value of $SII and $SDH entries.
struct SecurityEntry {
  le32 hash;    // +0x00
  le32 id;      // +0x04 security id
  le64 offset;  // +0x08 of this entry in $SDS
  le32 size;    // +0x10 bytes, this header included
  // +0x14 self-relative security descriptor; entries are 16-aligned
};
static_assert(sizeof(SecurityEntry) == 20);
/// $SDS is written in blocks of this size, each followed by its copy.
inline constexpr std::uint32_t security_block_size = 0x40000;

}  // namespace casement::ntfs_layout

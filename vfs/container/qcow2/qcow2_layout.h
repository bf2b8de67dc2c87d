// SPDX-License-Identifier: Apache-2.0
// On-disk structures of QCOW images, versions 1 to 3. Everything is big-endian.
//
// Sources: docs/interop/qcow2.txt of QEMU; libqcow's description of the format; for version 1,
// block/qcow.c of QEMU.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::qcow2_layout {

inline constexpr std::array<char, 4> magic{'Q', 'F', 'I', '\xFB'};

/// What all versions begin with.
struct HeaderStart {
  std::array<char, 4> magic;  // +0x00 "QFI\xFB"
  be32 version;               // +0x04
  be64 backing_offset;        // +0x08 of the name; 0: no backing file
  be32 backing_size;          // +0x10 bytes of the name, no NUL
};
static_assert(sizeof(HeaderStart) == 20);

/// Version 1, whole.
struct HeaderV1 {
  HeaderStart start;                  // +0x00
  be32 mtime;                         // +0x14 of the backing file, Unix seconds
  be64 size;                          // +0x18 bytes of the disk
  std::uint8_t cluster_bits;          // +0x20
  std::uint8_t l2_bits;               // +0x21 entries of an L2 table, as a power of two
  std::array<std::byte, 2> reserved;  // +0x22
  be32 crypt_method;                  // +0x24
  be64 l1_offset;                     // +0x28
};
static_assert(sizeof(HeaderV1) == 48);

/// Version 2, whole; version 3 begins with it.
struct HeaderV2 {
  HeaderStart start;             // +0x00
  be32 cluster_bits;             // +0x14
  be64 size;                     // +0x18 bytes of the disk
  be32 crypt_method;             // +0x20 0 none, 1 AES, 2 LUKS
  be32 l1_count;                 // +0x24 entries
  be64 l1_offset;                // +0x28
  be64 refcount_table_offset;    // +0x30
  be32 refcount_table_clusters;  // +0x38
  be32 snapshot_count;           // +0x3C
  be64 snapshots_offset;         // +0x40
};
static_assert(sizeof(HeaderV2) == 72);

/// What version 3 adds, at 0x48.
struct HeaderV3Part {
  be64 incompatible;              // +0x48
  be64 compatible;                // +0x50
  be64 autoclear;                 // +0x58
  be32 refcount_order;            // +0x60
  be32 header_size;               // +0x64 bytes
  std::uint8_t compression_type;  // +0x68 only when header_size > 104
};
static_assert(sizeof(HeaderV3Part) == 33);

inline constexpr std::uint32_t smallest_v3_header = 104;

namespace incompatible {
inline constexpr std::uint64_t dirty = 0x01;
inline constexpr std::uint64_t corrupt = 0x02;
inline constexpr std::uint64_t external_data = 0x04;
inline constexpr std::uint64_t compression_type = 0x08;
inline constexpr std::uint64_t extended_l2 = 0x10;
inline constexpr std::uint64_t known = 0x1F;
}  // namespace incompatible

/// Header extension; its data is padded to a multiple of 8 bytes.
struct Extension {
  be32 type;  // +0x00
  be32 size;  // +0x04 bytes of data
};
static_assert(sizeof(Extension) == 8);

namespace extension {
inline constexpr std::uint32_t end = 0;
inline constexpr std::uint32_t backing_format = 0xE279'2ACA;
inline constexpr std::uint32_t data_file = 0x4441'5441;
}  // namespace extension

/// Bits of an L1 entry, and of an L2 entry that is not compressed.
namespace entry {
inline constexpr std::uint64_t offset_mask = 0x00FF'FFFF'FFFF'FE00;
inline constexpr std::uint64_t copied = std::uint64_t{1} << 63;
inline constexpr std::uint64_t compressed = std::uint64_t{1} << 62;
inline constexpr std::uint64_t zero = 1;
/// Version 1: the one flag.
inline constexpr std::uint64_t v1_compressed = std::uint64_t{1} << 63;
}  // namespace entry

/// Subclusters of a cluster with extended L2 entries: one bit each, allocated ones in the low half
/// of the second word, zero ones in the high half.
inline constexpr std::uint32_t subcluster_bits = 5;

}  // namespace casement::qcow2_layout

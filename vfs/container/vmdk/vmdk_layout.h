// SPDX-License-Identifier: Apache-2.0
// On-disk structures of VMDK extents. Everything is little-endian; a sector has 512 bytes.
//
// Sources: VMware "Virtual Disk Format 5.0" technical note; libvmdk's description of the format;
// for COWD and seSparse, which VMware has not described in full, block/vmdk.c of QEMU.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::vmdk_layout {

inline constexpr std::uint32_t sector_size = 512;
inline constexpr std::array<char, 4> sparse_magic{'K', 'D', 'M', 'V'};
inline constexpr std::array<char, 4> cowd_magic{'C', 'O', 'W', 'D'};
inline constexpr std::uint64_t sesparse_magic = 0x0000'0000'CAFE'BABE;
inline constexpr std::uint64_t sesparse_volatile_magic = 0x0000'0000'CAFE'CAFE;
/// How a descriptor begins.
inline constexpr const char* descriptor_magic = "# disk descriptorfile";

/// "Hosted sparse extent" header (SparseExtentHeader).
struct SparseHeader {
  std::array<char, 4> magic;           // +0x00 "KDMV"
  le32 version;                        // +0x04 1 to 3
  le32 flags;                          // +0x08
  le64 capacity;                       // +0x0C sectors
  le64 grain_size;                     // +0x14 sectors
  le64 descriptor_offset;              // +0x1C sectors
  le64 descriptor_size;                // +0x24 sectors
  le32 entries_per_table;              // +0x2C of a grain table
  le64 redundant_directory_offset;     // +0x30 sectors
  le64 directory_offset;               // +0x38 sectors; all ones: see the footer
  le64 overhead;                       // +0x40 sectors
  std::uint8_t unclean;                // +0x48
  std::array<char, 4> line_ends;       // +0x49 "\n \r\n": shows a transfer as text
  le16 compression;                    // +0x4D 0 none, 1 deflate
  std::array<std::byte, 433> padding;  // +0x4F
};
static_assert(sizeof(SparseHeader) == sector_size);

namespace flag {
inline constexpr std::uint32_t line_ends_valid = 0x0000'0001;
inline constexpr std::uint32_t redundant_directory = 0x0000'0002;
inline constexpr std::uint32_t zeroed_grains = 0x0000'0004;
inline constexpr std::uint32_t compressed = 0x0001'0000;
inline constexpr std::uint32_t markers = 0x0002'0000;
}  // namespace flag

inline constexpr std::uint64_t directory_in_footer = ~std::uint64_t{0};
/// Entry of a grain table: the grain reads as zeros (with flag::zeroed_grains).
inline constexpr std::uint32_t zeroed_grain = 1;

/// Before the data of a compressed grain.
struct GrainMarker {
  le64 lba;   // +0x0 sector of the extent that the grain is for
  le32 size;  // +0x8 bytes of zlib data
};
static_assert(sizeof(GrainMarker) == 12);

/// Before tables and the footer of a stream; its sector is padded.
struct StreamMarker {
  le64 sectors;  // +0x0 that follow
  le32 size;     // +0x8 0
  le32 type;     // +0xC
};
static_assert(sizeof(StreamMarker) == 16);

namespace marker {
inline constexpr std::uint32_t footer = 3;
}  // namespace marker

/// "COWD": extents of VMFS snapshots and of ESX servers (COWDisk_Header), as far as it is used.
struct CowdHeader {
  std::array<char, 4> magic;  // +0x00 "COWD"
  le32 version;               // +0x04 1
  le32 flags;                 // +0x08
  le32 capacity;              // +0x0C sectors
  le32 grain_size;            // +0x10 sectors
  le32 directory_offset;      // +0x14 sectors
  le32 directory_entries;     // +0x18
  le32 next_free;             // +0x1C sectors
};
static_assert(sizeof(CowdHeader) == 32);

inline constexpr std::uint32_t cowd_entries_per_table = 4096;

/// Offset and size of a part of a seSparse extent, both in sectors.
struct SeSparsePart {
  le64 offset;  // +0x0
  le64 size;    // +0x8
};
static_assert(sizeof(SeSparsePart) == 16);

/// "Const header" of a seSparse extent, without its padding.
struct SeSparseHeader {
  le64 magic;                    // +0x00
  le64 version;                  // +0x08 0x2'0000'0001
  le64 capacity;                 // +0x10 sectors
  le64 grain_size;               // +0x18 sectors
  le64 table_size;               // +0x20 sectors of a grain table
  le64 flags;                    // +0x28
  std::array<le64, 4> reserved;  // +0x30
  SeSparsePart volatile_header;  // +0x50
  SeSparsePart journal_header;   // +0x60
  SeSparsePart journal;          // +0x70
  SeSparsePart directory;        // +0x80
  SeSparsePart tables;           // +0x90
  SeSparsePart free_bitmap;      // +0xA0
  SeSparsePart back_map;         // +0xB0
  SeSparsePart grains;           // +0xC0
};
static_assert(sizeof(SeSparseHeader) == 208);

inline constexpr std::uint64_t sesparse_version = 0x0000'0002'0000'0001;

/// "Volatile header", as far as it is used.
struct SeSparseVolatileHeader {
  le64 magic;              // +0x00
  le64 free_table_number;  // +0x08
  le64 next_sequence;      // +0x10
  le64 replay_journal;     // +0x18 not 0: the journal has to be replayed
};
static_assert(sizeof(SeSparseVolatileHeader) == 32);

/// Entries of seSparse tables: the kind in the top nibble.
namespace sesparse {
inline constexpr std::uint64_t kind_mask = 0xF000'0000'0000'0000;
inline constexpr std::uint64_t unallocated = 0x0000'0000'0000'0000;
inline constexpr std::uint64_t unmapped = 0x1000'0000'0000'0000;  // by the guest (SCSI UNMAP)
inline constexpr std::uint64_t zero = 0x2000'0000'0000'0000;
inline constexpr std::uint64_t allocated = 0x3000'0000'0000'0000;
/// Entry of the directory: a table is there, its number in the low 32 bits.
inline constexpr std::uint64_t table_present = 0x1000'0000'0000'0000;
}  // namespace sesparse

}  // namespace casement::vmdk_layout

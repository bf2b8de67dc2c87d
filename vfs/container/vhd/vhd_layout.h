// SPDX-License-Identifier: Apache-2.0
// On-disk structures of VHD images. Everything is big-endian but for the locators' UTF-16LE text.
//
// Source: "Virtual Hard Disk Image Format Specification", version 1.0 (Microsoft, 2006, under the
// Open Specification Promise); the libvhdi documentation for what tools really write.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::vhd_layout {

inline constexpr std::uint32_t sector_size = 512;
inline constexpr std::uint32_t footer_size = 512;
/// Virtual PC before 2004 left the last byte out.
inline constexpr std::uint32_t old_footer_size = 511;
inline constexpr std::uint32_t absent_block = 0xFFFF'FFFF;

/// "Hard Disk Footer Format": the last sector of every VHD; dynamic ones begin with a copy.
struct Footer {
  std::array<char, 8> cookie;           // +0x00 "conectix"
  be32 features;                        // +0x08
  be32 version;                         // +0x0C 0x00010000
  be64 data_offset;                     // +0x10 dynamic header; all ones: fixed
  be32 timestamp;                       // +0x18 seconds since 2000-01-01
  std::array<char, 4> creator;          // +0x1C "win ", "vpc ", "qemu", "tap\0"
  be32 creator_version;                 // +0x20 major << 16 | minor
  std::array<char, 4> creator_host;     // +0x24 "Wi2k", "Mac "
  be64 original_size;                   // +0x28
  be64 current_size;                    // +0x30 bytes
  be16 cylinders;                       // +0x38
  std::uint8_t heads;                   // +0x3A
  std::uint8_t sectors_per_track;       // +0x3B
  be32 disk_type;                       // +0x3C 2 fixed, 3 dynamic, 4 differencing
  be32 checksum;                        // +0x40 ones' complement of the sum of all other bytes
  std::array<std::byte, 16> unique_id;  // +0x44 UUID, big-endian
  std::uint8_t saved_state;             // +0x54
  std::array<std::byte, 427> reserved;  // +0x55
};
static_assert(sizeof(Footer) == footer_size);

/// "Parent Locator Entry".
struct ParentLocator {
  std::array<char, 4> platform;  // +0x00 "W2ru", "W2ku", "MacX"
  be32 data_space;               // +0x04 sectors by the specification, bytes as Windows writes it
  be32 data_size;                // +0x08 bytes
  be32 reserved;                 // +0x0C
  be64 data_offset;              // +0x10 bytes from the start of the file
};
static_assert(sizeof(ParentLocator) == 24);

/// "Dynamic Disk Header Format".
struct DynamicHeader {
  std::array<char, 8> cookie;              // +0x000 "cxsparse"
  be64 data_offset;                        // +0x008 all ones
  be64 table_offset;                       // +0x010 block allocation table
  be32 version;                            // +0x018 0x00010000
  be32 table_entries;                      // +0x01C
  be32 block_size;                         // +0x020 bytes, without the bitmap
  be32 checksum;                           // +0x024
  std::array<std::byte, 16> parent_id;     // +0x028 the parent's unique_id
  be32 parent_timestamp;                   // +0x038
  be32 reserved;                           // +0x03C
  std::array<std::byte, 512> parent_name;  // +0x040 UTF-16BE
  std::array<ParentLocator, 8> locators;   // +0x240
  std::array<std::byte, 256> reserved2;    // +0x300
};
static_assert(sizeof(DynamicHeader) == 1024);

}  // namespace casement::vhd_layout

// SPDX-License-Identifier: Apache-2.0
// On-disk structures of VirtualBox disk images. Everything is little-endian.
//
// Sources: VDICore.h of VirtualBox; block/vdi.c of QEMU.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::vdi_layout {

inline constexpr std::uint32_t signature = 0xBEDA'107F;
inline constexpr std::uint32_t version_1_1 = 0x0001'0001;

/// Text, preheader and header of version 1.1.
struct Header {
  std::array<char, 64> text;              // +0x000 "<<< Oracle VM VirtualBox Disk Image >>>\n"
  le32 signature;                         // +0x040
  le32 version;                           // +0x044
  le32 header_size;                       // +0x048 bytes, from here on
  le32 type;                              // +0x04C
  le32 flags;                             // +0x050
  std::array<char, 256> comment;          // +0x054
  le32 map_offset;                        // +0x154
  le32 data_offset;                       // +0x158
  le32 cylinders;                         // +0x15C
  le32 heads;                             // +0x160
  le32 sectors;                           // +0x164
  le32 sector_size;                       // +0x168
  le32 unused;                            // +0x16C
  le64 disk_size;                         // +0x170 bytes
  le32 block_size;                        // +0x178 bytes
  le32 block_extra;                       // +0x17C bytes before the data of each block
  le32 block_count;                       // +0x180
  le32 allocated_blocks;                  // +0x184
  std::array<std::byte, 16> id;           // +0x188 made with the image
  std::array<std::byte, 16> modified_id;  // +0x198 made with each change
  std::array<std::byte, 16> parent_id;    // +0x1A8
  std::array<std::byte, 16> parent_modified_id;  // +0x1B8
};
static_assert(sizeof(Header) == 0x1C8);

namespace type {
inline constexpr std::uint32_t dynamic = 1;
inline constexpr std::uint32_t fixed = 2;
inline constexpr std::uint32_t undo = 3;
inline constexpr std::uint32_t differencing = 4;
}  // namespace type

/// Entries of the block map that are no number of a block.
inline constexpr std::uint32_t free_block = 0xFFFF'FFFF;
inline constexpr std::uint32_t zero_block = 0xFFFF'FFFE;

}  // namespace casement::vdi_layout

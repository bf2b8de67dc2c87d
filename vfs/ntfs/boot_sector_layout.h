// SPDX-License-Identifier: Apache-2.0
// The boot sector of NTFS as stored.
//
// Sources: as in ntfs_layout.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::ntfs_layout {

/// First sector of a volume, and its copy in the last one.
struct BootSector {
  std::array<std::byte, 3> jump;         // +0x000
  std::array<char, 8> oem_name;          // +0x003 "NTFS    "
  le16 sector_size;                      // +0x00B bytes
  std::uint8_t sectors_per_cluster;      // +0x00D count, or 256 - log2(count) from 0xF4 on
  std::array<std::byte, 7> unused_0e;    // +0x00E
  std::uint8_t media_descriptor;         // +0x015
  std::array<std::byte, 2> unused_16;    // +0x016
  le16 sectors_per_track;                // +0x018
  le16 head_count;                       // +0x01A
  le32 hidden_sectors;                   // +0x01C before the volume, on its disk
  std::array<std::byte, 8> unused_20;    // +0x020
  le64 sector_count;                     // +0x028 without the backup boot sector
  le64 mft_lcn;                          // +0x030
  le64 mft_mirror_lcn;                   // +0x038
  std::uint8_t record_size;              // +0x040 clusters, or 256 - log2(bytes) from 0x80 on
  std::array<std::byte, 3> unused_41;    // +0x041
  std::uint8_t index_block_size;         // +0x044 as record_size
  std::array<std::byte, 3> unused_45;    // +0x045
  le64 serial;                           // +0x048
  le32 checksum;                         // +0x050 0 in practice
  std::array<std::byte, 426> boot_code;  // +0x054
  std::array<std::byte, 2> end_mark;     // +0x1FE 55 AA
};
static_assert(sizeof(BootSector) == 512);

}  // namespace casement::ntfs_layout

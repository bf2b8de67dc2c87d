// SPDX-License-Identifier: Apache-2.0
// The first sector of a disk, and of each extended partition (UEFI specification, 5.2.1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::mbr_layout {

struct Entry {
  std::uint8_t status;                 // +0x00 BootIndicator: 0x80 active, else 0
  std::array<std::byte, 3> first_chs;  // +0x01 StartingCHS; nobody relies on it
  std::uint8_t type;                   // +0x04 OSType
  std::array<std::byte, 3> last_chs;   // +0x05 EndingCHS
  le32 first_sector;                   // +0x08 StartingLBA
  le32 sector_count;                   // +0x0C SizeInLBA
};
static_assert(sizeof(Entry) == 16);

inline constexpr std::uint8_t status_active = 0x80;

struct BootSector {
  std::array<std::byte, 440> code;  // +0x000 BootCode
  le32 disk_signature;              // +0x1B8 UniqueMbrDiskSignature
  le16 reserved;                    // +0x1BC
  std::array<Entry, 4> entries;     // +0x1BE PartitionRecord
  le16 signature;                   // +0x1FE 55 AA
};
static_assert(sizeof(BootSector) == 512);

inline constexpr std::uint16_t boot_signature = 0xAA55;

}  // namespace casement::mbr_layout

// SPDX-License-Identifier: Apache-2.0
// GUID partition table header and entries (UEFI specification, 5.3).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vfs/core/endian.h"

namespace casement::gpt_layout {

inline constexpr std::string_view signature = "EFI PART";

struct Header {
  std::array<std::byte, 8> signature;  // +0x00 Signature
  le32 revision;                       // +0x08 Revision: 0x00010000
  le32 header_size;                    // +0x0C HeaderSize: at least 92, at most a sector
  le32 header_crc;                     // +0x10 HeaderCRC32, made with this field 0
  le32 reserved;                       // +0x14
  le64 my_lba;                         // +0x18 MyLBA
  le64 alternate_lba;                  // +0x20 AlternateLBA
  le64 first_usable_lba;               // +0x28 FirstUsableLBA
  le64 last_usable_lba;                // +0x30 LastUsableLBA
  std::array<std::byte, 16> disk_id;   // +0x38 DiskGUID
  le64 entries_lba;                    // +0x48 PartitionEntryLBA
  le32 entry_count;                    // +0x50 NumberOfPartitionEntries
  le32 entry_size;                     // +0x54 SizeOfPartitionEntry: 128 x 2^n
  le32 entries_crc;                    // +0x58 PartitionEntryArrayCRC32
};
static_assert(sizeof(Header) == 92);
inline constexpr std::size_t header_crc_offset = 0x10;

struct Entry {
  std::array<std::byte, 16> type;  // +0x00 PartitionTypeGUID; zeros: not used
  std::array<std::byte, 16> id;    // +0x10 UniquePartitionGUID
  le64 first_lba;                  // +0x20 StartingLBA
  le64 last_lba;                   // +0x28 EndingLBA, inclusive
  le64 attributes;                 // +0x30 Attributes
  std::array<std::byte, 72> name;  // +0x38 PartitionName: 36 units of UTF-16LE
};
static_assert(sizeof(Entry) == 128);

}  // namespace casement::gpt_layout

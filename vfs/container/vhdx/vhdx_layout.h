// SPDX-License-Identifier: Apache-2.0
// On-disk structures of VHDX images. Everything is little-endian.
//
// Source: [MS-VHDX] "Virtual Hard Disk v2 (VHDX) File Format" (Microsoft Open Specifications).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::vhdx_layout {

inline constexpr std::uint64_t mib = std::uint64_t{1} << 20;

/// "Header Section": the places of the structures that have one.
inline constexpr std::array<std::uint64_t, 2> header_offsets = {std::uint64_t{64} << 10,
                                                                std::uint64_t{128} << 10};
inline constexpr std::array<std::uint64_t, 2> region_table_offsets = {std::uint64_t{192} << 10,
                                                                      std::uint64_t{256} << 10};
inline constexpr std::uint32_t header_size = 4096;               // checksummed as a whole
inline constexpr std::uint32_t region_table_size = 64U << 10;    // checksummed as a whole
inline constexpr std::uint32_t metadata_table_size = 64U << 10;  // items lie behind it
inline constexpr std::uint32_t max_table_entries = 2047;
inline constexpr std::uint32_t log_sector_size = 4096;

using RawGuid = std::array<std::byte, 16>;

/// "File Type Identifier", at 0.
struct FileIdentifier {
  std::array<char, 8> signature;       // +0x00 "vhdxfile"
  std::array<std::byte, 512> creator;  // +0x08 UTF-16LE
};
static_assert(sizeof(FileIdentifier) == 520);

/// "Headers".
struct Header {
  std::array<char, 4> signature;  // +0x00 "head"
  le32 checksum;                  // +0x04 CRC-32C of 4096 bytes with this field 0
  le64 sequence;                  // +0x08
  RawGuid file_write_id;          // +0x10
  RawGuid data_write_id;          // +0x20
  RawGuid log_id;                 // +0x30 nil: the log is empty
  le16 log_version;               // +0x40 0
  le16 version;                   // +0x42 1
  le32 log_length;                // +0x44 multiple of 1 MiB
  le64 log_offset;                // +0x48 multiple of 1 MiB
};
static_assert(sizeof(Header) == 80);

/// "Region Table Header".
struct RegionTableHeader {
  std::array<char, 4> signature;  // +0x00 "regi"
  le32 checksum;                  // +0x04 CRC-32C of 64 KiB with this field 0
  le32 entry_count;               // +0x08
  le32 reserved;                  // +0x0C
};
static_assert(sizeof(RegionTableHeader) == 16);

/// "Region Table Entry".
struct RegionTableEntry {
  RawGuid id;        // +0x00
  le64 file_offset;  // +0x10 multiple of 1 MiB
  le32 length;       // +0x18 multiple of 1 MiB
  le32 required;     // +0x1C bit 0
};
static_assert(sizeof(RegionTableEntry) == 32);

/// "Metadata Table Header".
struct MetadataTableHeader {
  std::array<char, 8> signature;        // +0x00 "metadata"
  le16 reserved;                        // +0x08
  le16 entry_count;                     // +0x0A
  std::array<std::byte, 20> reserved2;  // +0x0C
};
static_assert(sizeof(MetadataTableHeader) == 32);

/// "Metadata Table Entry".
struct MetadataTableEntry {
  RawGuid id;     // +0x00
  le32 offset;    // +0x10 from the start of the region
  le32 length;    // +0x14
  le32 flags;     // +0x18 1 user, 2 virtual disk, 4 required
  le32 reserved;  // +0x1C
};
static_assert(sizeof(MetadataTableEntry) == 32);

inline constexpr std::uint32_t metadata_is_required = 4;

/// "File Parameters".
struct FileParameters {
  le32 block_size;  // +0x00
  le32 flags;       // +0x04 1 leave blocks allocated, 2 has parent
};
static_assert(sizeof(FileParameters) == 8);

inline constexpr std::uint32_t leave_blocks_allocated = 1;
inline constexpr std::uint32_t has_parent = 2;

/// "Parent Locator Header".
struct ParentLocatorHeader {
  RawGuid type;          // +0x00
  le16 reserved;         // +0x10
  le16 key_value_count;  // +0x12
};
static_assert(sizeof(ParentLocatorHeader) == 20);

/// "Parent Locator Entry"; offsets count from the locator's header.
struct ParentLocatorEntry {
  le32 key_offset;    // +0x00
  le32 value_offset;  // +0x04
  le16 key_length;    // +0x08 bytes
  le16 value_length;  // +0x0A bytes
};
static_assert(sizeof(ParentLocatorEntry) == 12);

/// "Log Entry Header".
struct LogEntryHeader {
  std::array<char, 4> signature;  // +0x00 "loge"
  le32 checksum;                  // +0x04 CRC-32C of the entry with this field 0
  le32 entry_length;              // +0x08 multiple of 4096
  le32 tail;                      // +0x0C offset in the log of the oldest entry still needed
  le64 sequence;                  // +0x10 not 0
  le32 descriptor_count;          // +0x18
  le32 reserved;                  // +0x1C
  RawGuid log_id;                 // +0x20
  le64 flushed_file_size;         // +0x30 bytes of the file that were on disk when it was written
  le64 last_file_size;            // +0x38 bytes that hold everything allocated
};
static_assert(sizeof(LogEntryHeader) == 64);

/// "Zero Descriptor" and "Data Descriptor" have one shape.
struct LogDescriptor {
  std::array<char, 4> signature;            // +0x00 "zero" or "desc"
  std::array<std::byte, 4> trailing_bytes;  // +0x04 of the sector; "zero": reserved
  std::array<std::byte, 8> leading_bytes;   // +0x08 of the sector; "zero": le64 length
  le64 file_offset;                         // +0x10 multiple of 4096
  le64 sequence;                            // +0x18 as in the entry's header
};
static_assert(sizeof(LogDescriptor) == 32);

/// "Data Sector".
struct LogDataSector {
  std::array<char, 4> signature;     // +0x000 "data"
  le32 sequence_high;                // +0x004
  std::array<std::byte, 4084> data;  // +0x008
  le32 sequence_low;                 // +0xFFC
};
static_assert(sizeof(LogDataSector) == log_sector_size);

/// "BAT Entry": bits of the u64.
inline constexpr std::uint64_t entry_state_mask = 7;
inline constexpr std::uint64_t entry_offset_mask = ~(mib - 1);  // bits 20 to 63: MiB

}  // namespace casement::vhdx_layout

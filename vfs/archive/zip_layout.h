// SPDX-License-Identifier: Apache-2.0
// Structs of zip archives (PKWARE APPNOTE.TXT 6.3.10; extra fields of Info-ZIP's extrafld.txt).
#pragma once

#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::zip_layout {

inline constexpr std::uint32_t local_signature = 0x04034B50;
inline constexpr std::uint32_t central_signature = 0x02014B50;
inline constexpr std::uint32_t end_signature = 0x06054B50;
inline constexpr std::uint32_t end64_signature = 0x06064B50;
inline constexpr std::uint32_t end64_locator_signature = 0x07064B50;

inline constexpr std::uint16_t flag_encrypted = 0x0001;
inline constexpr std::uint16_t flag_strong_encryption = 0x0040;
inline constexpr std::uint16_t flag_utf8 = 0x0800;
inline constexpr std::uint16_t flag_masked_header = 0x2000;

inline constexpr std::uint16_t method_stored = 0;
inline constexpr std::uint16_t method_deflate = 8;
inline constexpr std::uint16_t method_aes = 99;

/// In front of a member's data (4.3.7). Name and extra fields follow.
struct LocalHeader {
  le32 signature;       // +0x00
  le16 version_needed;  // +0x04
  le16 flags;           // +0x06
  le16 method;          // +0x08
  le16 dos_time;        // +0x0A
  le16 dos_date;        // +0x0C
  le32 crc;             // +0x0E
  le32 packed_size;     // +0x12
  le32 size;            // +0x16
  le16 name_size;       // +0x1A
  le16 extra_size;      // +0x1C
};
static_assert(sizeof(LocalHeader) == 30);

/// A member in the central directory (4.3.12). Name, extra fields and comment follow.
struct CentralHeader {
  le32 signature;            // +0x00
  le16 version_made_by;      // +0x04 the high byte is the host
  le16 version_needed;       // +0x06
  le16 flags;                // +0x08
  le16 method;               // +0x0A
  le16 dos_time;             // +0x0C
  le16 dos_date;             // +0x0E
  le32 crc;                  // +0x10
  le32 packed_size;          // +0x14
  le32 size;                 // +0x18
  le16 name_size;            // +0x1C
  le16 extra_size;           // +0x1E
  le16 comment_size;         // +0x20
  le16 disk;                 // +0x22
  le16 internal_attributes;  // +0x24
  le32 external_attributes;  // +0x26 DOS attributes; the high half is a mode of Unix
  le32 local_header;         // +0x2A offset
};
static_assert(sizeof(CentralHeader) == 46);

/// The end of central directory record (4.3.16). A comment follows.
struct End {
  le32 signature;         // +0x00
  le16 disk;              // +0x04
  le16 directory_disk;    // +0x06
  le16 entries_on_disk;   // +0x08
  le16 entries;           // +0x0A
  le32 directory_size;    // +0x0C
  le32 directory_offset;  // +0x10
  le16 comment_size;      // +0x14
};
static_assert(sizeof(End) == 22);

/// In front of End in archives beyond 4 GiB or 65,535 members (4.3.15).
struct End64Locator {
  le32 signature;   // +0x00
  le32 disk;        // +0x04
  le64 end_offset;  // +0x08
  le32 disks;       // +0x10
};
static_assert(sizeof(End64Locator) == 20);

/// The Zip64 end of central directory record (4.3.14).
struct End64 {
  le32 signature;         // +0x00
  le64 record_size;       // +0x04 of what follows this field
  le16 version_made_by;   // +0x0C
  le16 version_needed;    // +0x0E
  le32 disk;              // +0x10
  le32 directory_disk;    // +0x14
  le64 entries_on_disk;   // +0x18
  le64 entries;           // +0x20
  le64 directory_size;    // +0x28
  le64 directory_offset;  // +0x30
};
static_assert(sizeof(End64) == 56);

inline constexpr std::uint16_t extra_zip64 = 0x0001;         // sizes and offset of 64 bits
inline constexpr std::uint16_t extra_ntfs = 0x000A;          // three FILETIMEs
inline constexpr std::uint16_t extra_unix_time = 0x5455;     // seconds since 1970
inline constexpr std::uint16_t extra_unicode_path = 0x7075;  // the name as UTF-8
inline constexpr std::uint16_t ntfs_times_tag = 0x0001;

/// External attributes made on these hosts have a mode of Unix in their high half.
inline constexpr std::uint8_t host_unix = 3;
inline constexpr std::uint8_t host_macos = 19;

}  // namespace casement::zip_layout

// SPDX-License-Identifier: Apache-2.0
// The resource tree of a portable executable: Microsoft, "PE Format", "The .rsrc Section".
#pragma once

#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::pe_layout {

/// IMAGE_RESOURCE_DIRECTORY; entries by name follow, then entries by number.
struct ResourceDirectory {
  le32 characteristics;  // +0x00 Characteristics: 0
  le32 time_stamp;       // +0x04 TimeDateStamp
  le16 major_version;    // +0x08 MajorVersion
  le16 minor_version;    // +0x0A MinorVersion
  le16 named_count;      // +0x0C NumberOfNamedEntries
  le16 numbered_count;   // +0x0E NumberOfIdEntries
};
static_assert(sizeof(ResourceDirectory) == 16);

/// IMAGE_RESOURCE_DIRECTORY_ENTRY. Offsets count from the root of the tree.
struct ResourceEntry {
  le32 name;   // +0x00 a number; with the high bit the offset of a name
  le32 child;  // +0x04 offset of a data entry; with the high bit of a directory
};
static_assert(sizeof(ResourceEntry) == 8);

/// In both fields: the rest is the offset of a name, of a directory.
inline constexpr std::uint32_t resource_high_bit = 0x80000000;

/// IMAGE_RESOURCE_DATA_ENTRY: a leaf.
struct ResourceData {
  le32 rva;        // +0x00 OffsetToData: of the image, unlike every other offset here
  le32 size;       // +0x04 Size
  le32 code_page;  // +0x08 CodePage
  le32 reserved;   // +0x0C
};
static_assert(sizeof(ResourceData) == 16);

}  // namespace casement::pe_layout

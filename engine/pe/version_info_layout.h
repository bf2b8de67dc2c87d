// SPDX-License-Identifier: Apache-2.0
// The version resource: Microsoft, "VS_VERSIONINFO structure" and its parts.
#pragma once

#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::pe_layout {

/// What VS_VERSIONINFO, StringFileInfo, StringTable, String, VarFileInfo and Var begin with. The
/// key follows, UTF-16 with a NUL; then, each from a multiple of four on, the value and the
/// children.
struct VersionNode {
  le16 length;        // +0x00 wLength, of the node with all that is in it
  le16 value_length;  // +0x02 wValueLength: bytes; of text UTF-16 units, with some compilers bytes
  le16 type;          // +0x04 wType: 1 text, 0 binary
};
static_assert(sizeof(VersionNode) == 6);

/// VS_FIXEDFILEINFO: the value of the outermost node.
struct FixedFileInfo {
  le32 signature;             // +0x00 dwSignature
  le32 structure_version;     // +0x04 dwStrucVersion
  le32 file_version_high;     // +0x08 dwFileVersionMS: major and minor
  le32 file_version_low;      // +0x0C dwFileVersionLS: build and revision
  le32 product_version_high;  // +0x10 dwProductVersionMS
  le32 product_version_low;   // +0x14 dwProductVersionLS
  le32 flags_mask;            // +0x18 dwFileFlagsMask
  le32 flags;                 // +0x1C dwFileFlags
  le32 os;                    // +0x20 dwFileOS
  le32 type;                  // +0x24 dwFileType
  le32 subtype;               // +0x28 dwFileSubtype
  le32 date_high;             // +0x2C dwFileDateMS
  le32 date_low;              // +0x30 dwFileDateLS
};
static_assert(sizeof(FixedFileInfo) == 52);

inline constexpr std::uint32_t fixed_file_info_signature = 0xFEEF04BD;

}  // namespace casement::pe_layout

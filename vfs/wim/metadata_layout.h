// SPDX-License-Identifier: Apache-2.0
// The metadata resource of an image as stored. The names are those of wimlib's
// include/wimlib/{security,dentry,tagged_items}.h and src/dentry.c, which document the format.
//
// Security data, then the root's entry at the next multiple of 8. Each directory's entries follow
// one another at its subdir offset, each with its extra stream entries behind it; a length of 8 or
// less ends them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/digest.h"
#include "vfs/core/endian.h"

namespace casement::wim::metadata_layout {

/// Entries, extra stream entries and the security data are padded to multiples of it.
inline constexpr std::uint64_t alignment = 8;

/// At offset 0. `count` sizes of 64 bits follow, then the descriptors.
struct SecurityHeader {
  le32 total_length;  // +0x00 with this header; 0 means 8
  le32 count;         // +0x04
};
static_assert(sizeof(SecurityHeader) == 8);

/// security_id of an entry without a descriptor.
inline constexpr std::int32_t no_security = -1;

/// A length up to this one ends the entries of a directory.
inline constexpr std::uint64_t end_length = 8;

/// Name, NUL, short name, NUL (each NUL only behind a name), padding and tagged items follow; all
/// that is inside `length`.
struct Dentry {
  le64 length;                       // +0x00 without the extra stream entries
  le32 attributes;                   // +0x08 FILE_ATTRIBUTE_*
  le32 security_id;                  // +0x0C signed
  le64 subdir_offset;                // +0x10 0: no entries
  std::array<std::byte, 16> unused;  // +0x18
  le64 created;                      // +0x28
  le64 accessed;                     // +0x30
  le64 written;                      // +0x38
  Sha1 main_hash;                    // +0x40 all zeros: none, or empty
  le32 unknown;                      // +0x54
  le32 reparse_tag;                  // +0x58 of reparse points; else the low half of ...
  le16 reparse_reserved;             // +0x5C
  le16 reparse_flags;                // +0x5E ... the 64-bit hard link group id
  le16 extra_count;                  // +0x60 extra stream entries
  le16 short_name_size;              // +0x62 bytes without the NUL
  le16 name_size;                    // +0x64 bytes without the NUL
};
static_assert(sizeof(Dentry) == 102);

/// reparse_flags: the target was not made relative to the image's root.
inline constexpr std::uint16_t reparse_not_fixed = 1;

/// The name, a NUL and padding follow.
struct ExtraStream {
  le64 length;     // +0x00
  le64 reserved;   // +0x08
  Sha1 hash;       // +0x10
  le16 name_size;  // +0x24 bytes without the NUL; 0: an unnamed stream
};
static_assert(sizeof(ExtraStream) == 38);

}  // namespace casement::wim::metadata_layout

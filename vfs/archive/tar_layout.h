// SPDX-License-Identifier: Apache-2.0
// The block in front of each member of a tar archive (POSIX.1-2017, pax, "ustar Interchange
// Format").
#pragma once

#include <cstddef>
#include <cstdint>

namespace casement::tar_layout {

inline constexpr std::size_t block_size = 512;

/// Text in octal digits, ended by NUL or space, unless said otherwise.
struct Header {
  char name[100];       // +0x000
  char mode[8];         // +0x064
  char uid[8];          // +0x06C
  char gid[8];          // +0x074
  char size[12];        // +0x07C
  char mtime[12];       // +0x088
  char checksum[8];     // +0x094 chksum: the sum of all bytes, these taken as spaces
  char type_flag;       // +0x09C typeflag
  char link_name[100];  // +0x09D
  char magic[6];        // +0x101 "ustar\0"; "ustar " by GNU tar; NULs in the seventh edition
  char version[2];      // +0x107
  char user_name[32];   // +0x109
  char group_name[32];  // +0x129
  char major[8];        // +0x149
  char minor[8];        // +0x151
  char prefix[155];     // +0x159
  char padding[12];     // +0x1F4
};
static_assert(sizeof(Header) == block_size);
static_assert(alignof(Header) == 1);
static_assert(offsetof(Header, type_flag) == 0x9C);
static_assert(offsetof(Header, prefix) == 0x159);

}  // namespace casement::tar_layout

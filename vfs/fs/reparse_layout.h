// SPDX-License-Identifier: Apache-2.0
// Reparse data buffers as stored (MS-FSCC 2.1.2).
#pragma once

#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::reparse_layout {

/// Largest buffer that Windows accepts, header included (MAXIMUM_REPARSE_DATA_BUFFER_SIZE).
inline constexpr std::size_t max_buffer_size = 16'384;

struct Header {
  le32 tag;          // +0x00 ReparseTag
  le16 data_length;  // +0x04 ReparseDataLength: bytes that follow this header
  le16 reserved;     // +0x06
};
static_assert(sizeof(Header) == 8);

/// Names in bytes, from the end of the struct that holds this.
struct Names {
  le16 substitute_offset;  // +0x00
  le16 substitute_length;  // +0x02
  le16 print_offset;       // +0x04
  le16 print_length;       // +0x06
};
static_assert(sizeof(Names) == 8);

/// IO_REPARSE_TAG_SYMLINK, after the header.
struct Symlink {
  Names names;  // +0x00
  le32 flags;   // +0x08 SYMLINK_FLAG_RELATIVE
};
static_assert(sizeof(Symlink) == 12);
inline constexpr std::uint32_t symlink_flag_relative = 1;

/// IO_REPARSE_TAG_LX_SYMLINK, after the header; UTF-8 text follows.
struct LxSymlink {
  le32 version;  // +0x00 always 2
};
static_assert(sizeof(LxSymlink) == 4);
inline constexpr std::uint32_t lx_symlink_version = 2;

}  // namespace casement::reparse_layout

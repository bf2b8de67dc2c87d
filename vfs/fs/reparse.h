// SPDX-License-Identifier: Apache-2.0
// Reparse data buffers: where links, junctions and mount points lead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// A parsed reparse buffer that changes where a path leads.
struct ReparseTarget {
  std::uint32_t tag = 0;
  /// The substitute name, never the print name (which may be empty or a lie): "\??\C:\Users",
  /// "..\x". For an LX symlink the Unix path.
  std::u16string target;
  /// Seen from the directory that holds the link.
  bool relative = false;
};

/// The tag of a buffer. truncated: less than the 8-byte header.
Result<std::uint32_t> parse_reparse_tag(Bytes buffer);

/// True for the tags that path walking follows: symlink, mount point, LX symlink. Every other tag
/// changes content, not paths.
bool is_link_tag(std::uint32_t tag) noexcept;

/// Parses a symlink, mount point or LX symlink buffer.
/// truncated: lengths or offsets reach past the end. corrupt: an odd or empty name, a NUL in it, an
/// unknown LX version, or LX text that is not UTF-8. unsupported: any other tag.
Result<ReparseTarget> parse_reparse_target(Bytes buffer);

/// A symlink buffer as Windows stores it; the print name is the same range as the substitute name.
/// name_too_long: the name does not fit the 16 KiB that Windows allows.
Result<std::vector<std::byte>> make_symlink_buffer(std::u16string_view target, bool relative);

}  // namespace casement

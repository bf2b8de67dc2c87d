// SPDX-License-Identifier: Apache-2.0
// The path of a member as names of a tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/core/result.h"

namespace casement {

/// How bytes that are no UTF-8 are read. Archives do not say what wrote them.
enum class FallbackCharset : std::uint8_t { code_page_437, latin_1 };

/// UTF-16 of stored bytes: UTF-8 (or WTF-8) when they are, else one unit a byte. Lossless.
std::u16string decode_entry_text(std::string_view bytes, FallbackCharset fallback);

/// A name or path in a message: cut, because it may be as long as the archive likes.
std::string shown_in_message(std::u16string_view text);

/// A path taken apart. '/' and '\' separate: no Windows name holds either. "." and empty components
/// are gone, and so is a leading "\\?\". "C:" stays as a directory of that name.
struct EntryPath {
  std::vector<std::u16string> names;  // none: the root
  bool directory = false;             // ends with a separator
  bool absolute = false;              // began with a separator
  bool backslash = false;             // had '\' as a separator
  bool drive = false;                 // begins with a drive
};

/// invalid_data: empty, with a NUL, or with ".." in it. name_too_long: a name of more units than a
/// Windows path can have. limit_exceeded: more than Limits::max_path_depth components.
Result<EntryPath> parse_entry_path(std::u16string_view path, const Limits& limits);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The beginning of a Windows path: drive, device, volume or variable.
#pragma once

#include <string_view>

#include "vfs/fs/path.h"

namespace casement {

/// A path cut behind its prefix.
struct PathPrefix {
  PathRoot root;
  std::u16string_view rest;  // what follows, with or without a leading separator
  bool literal = false;
};

/// What separates components.
inline constexpr std::u16string_view path_separators = u"\\/";
constexpr bool is_path_separator(char16_t unit) noexcept {
  return unit == u'\\' || unit == u'/';
}

/// Recognises every prefix that Windows knows. Cannot fail: what is none of them is relative.
PathPrefix split_path_prefix(std::u16string_view text);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What the stored names of directory entries must not be.
#pragma once

#include <algorithm>
#include <string_view>

namespace casement {

/// What a directory calls itself and the one above it.
constexpr bool is_dot_name(std::u16string_view name) noexcept {
  return name == u"." || name == u"..";
}

/// Has characters that no file system driver would write: they would change what a path means.
constexpr bool is_odd_name(std::u16string_view name) noexcept {
  constexpr char16_t first_printable = 0x20;
  return std::ranges::any_of(
      name, [](char16_t unit) { return unit < first_printable || unit == u'/' || unit == u'\\'; });
}

}  // namespace casement

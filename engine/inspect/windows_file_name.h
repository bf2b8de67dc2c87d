// SPDX-License-Identifier: Apache-2.0
// Texts of an image that are to become one part of a path.
#pragma once

#include <string_view>

#include "vfs/fs/entry_name.h"

namespace casement {

/// A plain name of a file. What the registry or an INF says may hold more than names of files may:
/// such a text would leave the folder that it is put behind.
constexpr bool is_file_name(std::u16string_view name) noexcept {
  return !name.empty() && !is_dot_name(name) &&
         name.find_first_of(std::u16string_view(u"\\/:\0", 4)) == std::u16string_view::npos;
}

}  // namespace casement

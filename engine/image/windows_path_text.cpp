// SPDX-License-Identifier: Apache-2.0
// Text of Windows paths.
#include "engine/image/windows_path_text.h"

#include "engine/image/node_lookup.h"
#include "vfs/core/upcase.h"

namespace casement {

std::optional<char16_t> letter_of(std::u16string_view path) noexcept {
  if (path.size() < 2 || path[1] != u':') {
    return std::nullopt;
  }
  const char16_t letter = upcase(path[0]);
  return letter >= u'A' && letter <= u'Z' ? std::optional(letter) : std::nullopt;
}

std::u16string_view without_letter(std::u16string_view path) noexcept {
  return letter_of(path) ? path.substr(2) : path;
}

std::u16string_view last_component(std::u16string_view path) noexcept {
  while (!path.empty() && (path.back() == u'\\' || path.back() == u'/')) {
    path.remove_suffix(1);
  }
  const std::size_t slash = path.find_last_of(u"\\/:");
  return slash == std::u16string_view::npos ? path : path.substr(slash + 1);
}

std::u16string as_rooted(std::u16string_view path) {
  std::u16string rooted;
  for (const std::u16string& name : split_components(path)) {
    rooted += u'\\';
    rooted += name;
  }
  return rooted.empty() ? u"\\" : rooted;
}

bool same_rooted(std::u16string_view a, std::u16string_view b) {
  return equals_folded(as_rooted(a), as_rooted(b));
}

}  // namespace casement

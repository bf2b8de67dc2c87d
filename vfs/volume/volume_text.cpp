// SPDX-License-Identifier: Apache-2.0
// Replaces what a line must not contain.
#include "vfs/volume/volume_text.h"

#include <algorithm>

#include "vfs/core/utf16.h"

namespace casement {

std::string printable_text(std::u16string_view text) {
  std::u16string clean(text);
  std::ranges::replace_if(
      clean, [](char16_t unit) { return unit < 0x20 || (unit >= 0x7F && unit < 0xA0); }, u'?');
  return to_utf8(clean);
}

std::string printable_text(Bytes raw) {
  const auto end = std::find(raw.begin(), raw.end(), std::byte{0});
  raw = raw.first(static_cast<std::size_t>(end - raw.begin()));
  std::string bytes;
  for (const std::byte one : raw) {
    bytes += static_cast<char>(one);
  }
  return printable_text(from_utf8(bytes).value_or(from_latin1(raw)));
}

}  // namespace casement

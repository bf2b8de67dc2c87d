// SPDX-License-Identifier: Apache-2.0
// Fields of lists.
#include "tools/dism/list.h"

#include <algorithm>

#include "vfs/core/unprintable.h"
#include "vfs/core/utf16.h"

namespace casement::dism {

std::string printable(std::string_view utf8) {
  if (const auto text = from_utf8(utf8)) {
    return printable(*text);
  }
  std::string text(utf8);
  std::ranges::replace_if(
      text, [](char c) { return is_unprintable(static_cast<unsigned char>(c)); }, ' ');
  return text;
}

std::string printable(std::u16string_view text) {
  std::u16string shown(text);
  std::ranges::replace_if(shown, [](char16_t unit) { return is_unprintable(unit); }, u' ');
  return to_utf8(shown);
}

std::string printable_list(std::span<const std::u16string> texts) {
  std::string list;
  for (const std::u16string& text : texts) {
    list += (list.empty() ? "" : ", ") + printable(text);
  }
  return list;
}

void add_field(std::string& out, std::string_view label, std::string_view utf8) {
  out += label;
  out += " : ";
  out += printable(utf8);
  out += '\n';
}

void add_field(std::string& out, std::string_view label, std::u16string_view value) {
  add_field(out, label, to_utf8(value));
}

const char* yes_no(bool value) noexcept {
  return value ? "Yes" : "No";
}

}  // namespace casement::dism

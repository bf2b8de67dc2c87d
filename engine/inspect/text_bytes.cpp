// SPDX-License-Identifier: Apache-2.0
// Small text files: read whole within a bound, decoded to UTF-16.
#include "engine/inspect/text_bytes.h"

#include <algorithm>
#include <array>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

bool starts_with(Bytes text, std::initializer_list<unsigned> mark) {
  return text.size() >= mark.size() &&
         std::ranges::equal(text.first(mark.size()), mark, {}, std::to_integer<unsigned>);
}

std::u16string from_utf16be(Bytes raw) {
  std::u16string text;
  text.reserve(raw.size() / 2);
  for (std::size_t i = 0; i + 1 < raw.size(); i += 2) {
    text.push_back(static_cast<char16_t>(std::to_integer<unsigned>(raw[i]) << 8 |
                                         std::to_integer<unsigned>(raw[i + 1])));
  }
  return text;
}

}  // namespace

std::u16string decode_text(Bytes text) {
  if (starts_with(text, {0xFF, 0xFE})) {
    return from_utf16le(text.subspan(2));
  }
  if (starts_with(text, {0xFE, 0xFF})) {
    return from_utf16be(text.subspan(2));
  }
  if (starts_with(text, {0xEF, 0xBB, 0xBF})) {
    text = text.subspan(3);
  }
  std::string narrow;
  narrow.reserve(text.size());
  for (const std::byte byte : text) {
    narrow.push_back(static_cast<char>(byte));
  }
  if (auto wide = from_utf8(narrow)) {
    return *std::move(wide);
  }
  return from_latin1(text);
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Columns of a terminal.
#include "tools/casement/render/width.h"

namespace casement::cli {
namespace {

std::size_t width_of(char32_t c) noexcept {
  if (c < 0x300) {
    return 1;
  }
  if (c <= 0x36F || (c >= 0x200B && c <= 0x200D) || (c >= 0xFE00 && c <= 0xFE0F)) {
    return 0;
  }
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
                    (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view utf8) noexcept {
  std::size_t width = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1U : lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
    char32_t c = length == 1 ? lead : static_cast<char32_t>(lead & (0xFF >> (length + 1)));
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k) {
      c = (c << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
    }
    width += width_of(c);
    i += length;
  }
  return width;
}

std::string shorten(std::string_view text, std::size_t max_size) {
  constexpr std::string_view gap = " ... ";
  if (text.size() <= max_size || max_size <= gap.size()) {
    return std::string(text);
  }
  const auto is_continuation = [&](std::size_t i) {
    return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
  };
  std::size_t head = (max_size - gap.size()) / 2;
  std::size_t tail = text.size() - (max_size - gap.size() - head);
  while (head > 0 && is_continuation(head)) {
    --head;
  }
  while (tail < text.size() && is_continuation(tail)) {
    ++tail;
  }
  std::string out{text.substr(0, head)};
  out += gap;
  out += text.substr(tail);
  return out;
}

}  // namespace casement::cli

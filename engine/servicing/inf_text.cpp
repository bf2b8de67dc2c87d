// SPDX-License-Identifier: Apache-2.0
// Guessing the encoding of an INF, and decoding it.
#include "engine/servicing/inf_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "engine/servicing/code_page_932.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr char16_t replacement = u'\uFFFD';

/// 80 to 9F of Windows-1252; the rest is Latin-1. Source: the mapping that the Unicode Consortium
/// publishes for cp1252.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::uint8_t byte_at(Bytes text, std::size_t i) noexcept {
  return std::to_integer<std::uint8_t>(text[i]);
}

bool starts_with(Bytes text, std::initializer_list<std::uint8_t> mark) noexcept {
  return text.size() >= mark.size() &&
         std::equal(mark.begin(), mark.end(), text.begin(), [](std::uint8_t a, std::byte b) {
           return a == std::to_integer<std::uint8_t>(b);
         });
}

/// Most of the first characters are ASCII in two bytes.
bool looks_like_utf16(Bytes text) noexcept {
  constexpr std::size_t examined = 256;
  const std::size_t pairs = std::min(text.size(), examined) / 2;
  std::size_t ascii = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    ascii += byte_at(text, 2 * i) != 0 && byte_at(text, 2 * i + 1) == 0 ? 1U : 0U;
  }
  return pairs != 0 && ascii > pairs / 2;
}

std::u16string from_utf16be(Bytes text) {
  std::u16string units = from_utf16le(text);
  for (char16_t& unit : units) {
    unit = static_cast<char16_t>(((unit & 0xFFU) << 8) | (unit >> 8));
  }
  return units;
}

constexpr bool is_932_lead(std::uint8_t byte) noexcept {
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

constexpr bool is_half_width_katakana(std::uint8_t byte) noexcept {
  return byte >= 0xA1 && byte <= 0xDF;
}

/// How many pairs begin with 81 to 9F, and how many other characters beyond ASCII there are;
/// nothing when some byte is not of code page 932.
struct JapaneseCount {
  std::size_t low_pairs = 0;
  std::size_t others = 0;
};
std::optional<JapaneseCount> count_japanese(Bytes text) noexcept {
  JapaneseCount count;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t byte = byte_at(text, i);
    if (byte < 0x80) {
      continue;
    }
    if (is_half_width_katakana(byte)) {
      ++count.others;
      continue;
    }
    if (!is_932_lead(byte) || i + 1 >= text.size() ||
        !code_page_932_pair(byte, byte_at(text, i + 1))) {
      return std::nullopt;
    }
    ++(byte <= 0x9F ? count.low_pairs : count.others);
    ++i;
  }
  return count;
}

std::u16string from_code_page_932(Bytes text) {
  std::u16string units;
  units.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t byte = byte_at(text, i);
    if (byte < 0x80) {
      units += static_cast<char16_t>(byte);
    } else if (is_half_width_katakana(byte)) {
      units += static_cast<char16_t>(0xFF61 + (byte - 0xA1));
    } else if (i + 1 < text.size()) {
      units += code_page_932_pair(byte, byte_at(text, ++i)).value_or(replacement);
    } else {
      units += replacement;
    }
  }
  return units;
}

std::u16string from_windows_1252(Bytes text) {
  std::u16string units = from_latin1(text);
  for (char16_t& unit : units) {
    if (unit >= 0x80 && unit <= 0x9F) {
      unit = windows_1252[unit - 0x80U];
    }
  }
  return units;
}

}  // namespace

std::u16string decode_inf_text(Bytes text) {
  if (starts_with(text, {0xFF, 0xFE})) {
    return from_utf16le(text.subspan(2));
  }
  if (starts_with(text, {0xFE, 0xFF})) {
    return from_utf16be(text.subspan(2));
  }
  if (looks_like_utf16(text)) {
    return from_utf16le(text);
  }
  const Bytes unmarked = starts_with(text, {0xEF, 0xBB, 0xBF}) ? text.subspan(3) : text;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as characters
  if (auto utf8 = from_utf8({reinterpret_cast<const char*>(unmarked.data()), unmarked.size()})) {
    return *std::move(utf8);
  }
  const auto japanese = count_japanese(unmarked);
  return japanese && japanese->low_pairs > japanese->others ? from_code_page_932(unmarked)
                                                            : from_windows_1252(unmarked);
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The one loop from UTF-16 units to escaped UTF-8; shared by text.cpp and json.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "tools/casement/render/text.h"

namespace casement::cli {

constexpr bool is_surrogate(char32_t c) noexcept {
  return c >= 0xD800 && c <= 0xDFFF;
}

/// ASCII that is written as it is.
template <Escaping E>
constexpr std::array<bool, 128> make_plain_table() {
  std::array<bool, 128> plain{};
  for (std::size_t c = 0; c < 128; ++c) {
    const bool control = c < 0x20 || c == 0x7F;
    plain[c] = E == Escaping::exact || !control;
  }
  if (E == Escaping::json) {
    plain['"'] = false;
    plain['\\'] = false;
  }
  return plain;
}

template <Escaping E>
inline constexpr std::array<bool, 128> plain_table = make_plain_table<E>();

/// Appends one code point that plain_table refuses or that is beyond ASCII.
void append_special(std::string& out, char32_t c, Escaping escaping);

/// `unit(i)` gives unit i of `count`.
template <Escaping E, class Unit>
void transcode(std::string& out, std::size_t count, Unit unit) {
  // Runs of plain characters go through a block, because appending them singly costs three times as
  // much, and a hive consists of little else.
  std::array<char, 256> block;  // NOLINT: filled before it is read
  std::size_t filled = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const char16_t first = unit(i);
    if (first < 128 && plain_table<E>[first]) [[likely]] {
      block[filled++] = static_cast<char>(first);
      if (filled == block.size()) {
        out.append(block.data(), filled);
        filled = 0;
      }
      continue;
    }
    out.append(block.data(), filled);
    filled = 0;
    char32_t c = first;
    if (first >= 0xD800 && first <= 0xDBFF && i + 1 < count) {
      const char16_t second = unit(i + 1);
      if (second >= 0xDC00 && second <= 0xDFFF) {
        c = 0x10000 + ((c - 0xD800) << 10) + (static_cast<char32_t>(second) - 0xDC00);
        ++i;
      }
    }
    append_special(out, c, E);
  }
  out.append(block.data(), filled);
}

template <class Unit>
void transcode(std::string& out, std::size_t count, Unit unit, Escaping escaping) {
  switch (escaping) {
    case Escaping::exact:
      return transcode<Escaping::exact>(out, count, unit);
    case Escaping::printable:
      return transcode<Escaping::printable>(out, count, unit);
    case Escaping::json:
      return transcode<Escaping::json>(out, count, unit);
  }
}

}  // namespace casement::cli

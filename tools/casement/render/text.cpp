// SPDX-License-Identifier: Apache-2.0
// Escaping.
#include "tools/casement/render/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "tools/casement/render/transcode.h"
#include "tools/casement/render/width.h"
#include "vfs/core/unprintable.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

constexpr char lower_digits[] = "0123456789abcdef";

void append_braced(std::string& out, char32_t c) {
  std::array<char, 8> digits;  // NOLINT: filled below
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                 static_cast<std::uint32_t>(c), 16);
  std::transform(digits.data(), end.ptr, digits.data(),
                 [](char d) { return d >= 'a' ? static_cast<char>(d - 'a' + 'A') : d; });
  out += "\\u{";
  out.append(digits.data(), end.ptr);
  out += '}';
}

void append_json_ascii(std::string& out, char32_t c) {
  switch (c) {
    case U'"':
      out += "\\\"";
      return;
    case U'\\':
      out += "\\\\";
      return;
    case U'\n':
      out += "\\n";
      return;
    case U'\r':
      out += "\\r";
      return;
    case U'\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += lower_digits[(c >> 4) & 15];
      out += lower_digits[c & 15];
  }
}

constexpr std::uint64_t every_byte(std::uint64_t byte) {
  return byte * 0x0101010101010101U;
}
constexpr std::uint64_t every_unit(std::uint64_t unit) {
  return unit * 0x0001000100010001U;
}

/// Eight bytes at once: all of them 0x20 to 0x7E? No byte carries into its neighbour, because the
/// first test leaves out those above 0x7F.
constexpr bool are_printable_bytes(std::uint64_t eight) noexcept {
  return (eight & every_byte(0x80)) == 0 && ((eight + every_byte(0x01)) & every_byte(0x80)) == 0 &&
         ((eight + every_byte(0x60)) & every_byte(0x80)) == every_byte(0x80);
}

/// The same for four units.
constexpr bool are_printable_units(std::uint64_t four) noexcept {
  return (four & every_unit(0xFF80)) == 0 && ((four + every_unit(0x01)) & every_unit(0x80)) == 0 &&
         ((four + every_unit(0x60)) & every_unit(0x80)) == every_unit(0x80);
}

/// Bytes of Latin-1 text, from its start and in eights, that print as they are.
std::size_t plain_prefix(Bytes raw) noexcept {
  std::size_t size = 0;
  while (raw.size() - size >= 8 && are_printable_bytes(get_le<std::uint64_t>(raw, size))) {
    size += 8;
  }
  return size;
}

void append_latin1(std::string& out, Bytes raw, Escaping escaping) {
  if (escaping == Escaping::printable) {
    // Nearly all names are ASCII; the rest of them, and the last few bytes, go the long way.
    const std::size_t plain = plain_prefix(raw);
    out.append(reinterpret_cast<const char*>(raw.data()), plain);  // NOLINT: bytes to bytes
    raw = raw.subspan(plain);
  }
  transcode(
      out, raw.size(),
      [raw](std::size_t i) { return static_cast<char16_t>(std::to_integer<unsigned>(raw[i])); },
      escaping);
}

/// Appends the longest run of plain units, in fours, and gives its size in bytes.
std::size_t append_plain_units(std::string& out, Bytes raw) {
  std::array<char, 256> block;  // NOLINT: filled before it is read
  std::size_t filled = 0;
  std::size_t size = 0;
  while (raw.size() - size >= 8) {
    const auto four = get_le<std::uint64_t>(raw, size);
    if (!are_printable_units(four)) {
      break;
    }
    for (unsigned i = 0; i < 4; ++i) {
      block[filled++] = static_cast<char>((four >> (16 * i)) & 0x7F);
    }
    size += 8;
    if (filled == block.size()) {
      out.append(block.data(), filled);
      filled = 0;
    }
  }
  out.append(block.data(), filled);
  return size;
}

}  // namespace

void append_special(std::string& out, char32_t c, Escaping escaping) {
  if (is_surrogate(c)) {
    if (escaping == Escaping::json) {
      out += '\\';  // a JSON string holds the text \u{D800} with its backslash doubled
    }
    append_braced(out, c);
  } else if (escaping == Escaping::json && c < 0x80) {
    append_json_ascii(out, c);
  } else if (escaping == Escaping::printable && is_unprintable(c)) {
    append_braced(out, c);
  } else {
    append_code_point(out, c);
  }
}

void append_text(std::string& out, std::u16string_view text, Escaping escaping) {
  transcode(out, text.size(), [text](std::size_t i) { return text[i]; }, escaping);
}

void append_text(std::string& out, const HiveName& name, Escaping escaping) {
  if (name.is_latin1()) {
    append_latin1(out, name.raw(), escaping);
  } else {
    append_utf16le(out, name.raw(), escaping);
  }
}

void append_utf16le(std::string& out, Bytes raw, Escaping escaping) {
  if (escaping == Escaping::printable) {
    raw = raw.subspan(append_plain_units(out, raw));
  }
  transcode(
      out, raw.size() / 2,
      [raw](std::size_t i) { return static_cast<char16_t>(get_le<std::uint16_t>(raw, 2 * i)); },
      escaping);
}

void append_printable(std::string& out, std::u16string_view text) {
  append_text(out, text, Escaping::printable);
}

void append_printable(std::string& out, const HiveName& name) {
  append_text(out, name, Escaping::printable);
}

void append_printable(std::string& out, std::string_view utf8) {
  if (const auto units = from_utf8(utf8)) {
    append_printable(out, std::u16string_view(*units));
    return;
  }
  for (const char raw : utf8) {
    const auto byte = static_cast<unsigned char>(raw);
    if (byte >= 0x20 && byte < 0x7F) {
      out += raw;
    } else {
      out += "\\x{";
      out += lower_digits[byte >> 4];
      out += lower_digits[byte & 15];
      out += '}';
    }
  }
}

std::string printable(std::u16string_view text) {
  std::string out;
  append_printable(out, text);
  return out;
}

std::string printable(std::string_view utf8) {
  std::string out;
  append_printable(out, utf8);
  return out;
}

bool is_well_formed(const HiveName& name) noexcept {
  if (name.is_latin1()) {
    return true;
  }
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!is_surrogate(name[i])) {
      continue;
    }
    const bool pair =
        name[i] <= 0xDBFF && i + 1 < name.size() && name[i + 1] >= 0xDC00 && name[i + 1] <= 0xDFFF;
    if (!pair) {
      return false;
    }
    ++i;
  }
  return true;
}

std::size_t display_width(const HiveName& name) {
  // One column a byte holds for printable ASCII only: controls are printed longer than they are.
  const Bytes raw = name.raw();
  const auto is_printable = [](std::byte byte) {
    const auto c = std::to_integer<unsigned>(byte);
    return c >= 0x20 && c < 0x7F;
  };
  if (name.is_latin1() && std::ranges::all_of(raw.subspan(plain_prefix(raw)), is_printable)) {
    return raw.size();
  }
  std::string text;
  append_printable(text, name);
  return display_width(text);
}

}  // namespace casement::cli

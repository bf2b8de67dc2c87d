// SPDX-License-Identifier: Apache-2.0
// Conversions between UTF-16 code units and UTF-8.
#include "vfs/core/utf16.h"

#include <bit>
#include <cstring>

namespace casement {
namespace {

constexpr bool is_surrogate(char32_t c) noexcept {
  return c >= 0xD800 && c <= 0xDFFF;
}
constexpr bool is_high(char16_t c) noexcept {
  return c >= 0xD800 && c <= 0xDBFF;
}
constexpr bool is_low(char16_t c) noexcept {
  return c >= 0xDC00 && c <= 0xDFFF;
}

/// The code point at text[i]; advances i past it. A lone surrogate is returned as itself.
char32_t next_code_point(std::u16string_view text, std::size_t& i) noexcept {
  const char16_t unit = text[i++];
  if (is_high(unit) && i < text.size() && is_low(text[i])) {
    const char16_t low = text[i++];
    return 0x10000 + ((static_cast<char32_t>(unit) - 0xD800) << 10) +
           (static_cast<char32_t>(low) - 0xDC00);
  }
  return unit;
}

void append_escaped(std::string& out, char32_t surrogate) {
  static constexpr char digits[] = "0123456789ABCDEF";
  out += "\\u{";
  for (int shift = 12; shift >= 0; shift -= 4) {
    out += digits[(surrogate >> shift) & 15];
  }
  out += '}';
}

struct Sequence {
  std::size_t length;
  char32_t first_bits;
  char32_t smallest;  // a smaller code point is an overlong form
};

std::optional<Sequence> classify_lead(unsigned char lead) noexcept {
  if (lead < 0x80) {
    return Sequence{1, lead, 0};
  }
  if ((lead & 0xE0) == 0xC0) {
    return Sequence{2, static_cast<char32_t>(lead & 0x1F), 0x80};
  }
  if ((lead & 0xF0) == 0xE0) {
    return Sequence{3, static_cast<char32_t>(lead & 0x0F), 0x800};
  }
  if ((lead & 0xF8) == 0xF0) {
    return Sequence{4, static_cast<char32_t>(lead & 0x07), 0x10000};
  }
  return std::nullopt;
}

}  // namespace

void append_code_point(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

void append_utf8(std::string& out, std::u16string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] < 0x80) {
      out += static_cast<char>(text[i++]);
      continue;
    }
    const char32_t c = next_code_point(text, i);
    if (is_surrogate(c)) {
      append_escaped(out, c);
    } else {
      append_code_point(out, c);
    }
  }
}

std::string to_utf8(std::u16string_view text) {
  std::string out;
  out.reserve(text.size());
  append_utf8(out, text);
  return out;
}

std::string to_wtf8(std::u16string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    append_code_point(out, next_code_point(text, i));
  }
  return out;
}

std::optional<std::u16string> from_utf8(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto sequence = classify_lead(static_cast<unsigned char>(text[i]));
    if (!sequence || sequence->length > text.size() - i) {
      return std::nullopt;
    }
    char32_t c = sequence->first_bits;
    for (std::size_t k = 1; k < sequence->length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      if ((byte & 0xC0) != 0x80) {
        return std::nullopt;
      }
      c = (c << 6) | (byte & 0x3F);
    }
    if (c < sequence->smallest || c > 0x10FFFF) {
      return std::nullopt;
    }
    if (c >= 0x10000) {
      out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      out += static_cast<char16_t>(c);
    }
    i += sequence->length;
  }
  return out;
}

bool is_well_formed(std::u16string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    if (is_surrogate(next_code_point(text, i))) {
      return false;
    }
  }
  return true;
}

std::u16string from_utf16le(Bytes raw) {
  std::u16string out(raw.size() / 2, u'\0');
  if constexpr (std::endian::native == std::endian::little) {
    if (!out.empty()) {
      std::memcpy(out.data(), raw.data(), out.size() * 2);
    }
  } else {
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = static_cast<char16_t>(get_le<std::uint16_t>(raw, 2 * i));
    }
  }
  return out;
}

std::u16string_view cut_at_nul(std::u16string_view text) noexcept {
  return text.substr(0, text.find(u'\0'));
}

std::u16string from_latin1(Bytes raw) {
  std::u16string out(raw.size(), u'\0');
  for (std::size_t i = 0; i < raw.size(); ++i) {
    out[i] = static_cast<char16_t>(std::to_integer<unsigned>(raw[i]));
  }
  return out;
}

}  // namespace casement

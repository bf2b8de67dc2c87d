// SPDX-License-Identifier: Apache-2.0
// GUID text.
#include "vfs/core/guid.h"

#include <cstring>

#include "vfs/core/ascii.h"

namespace casement {
namespace {

/// Index in Guid::raw of each byte in the order in which its two digits are printed.
constexpr std::array<std::size_t, 16> printed_order = {3, 2, 1,  0,  5,  4,  7,  6,
                                                       8, 9, 10, 11, 12, 13, 14, 15};

constexpr std::size_t text_length = 36;

constexpr bool is_dash_position(std::size_t i) noexcept {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

template <class View>
std::optional<Guid> parse_any(View text) noexcept {
  if (text.size() == text_length + 2 && text.front() == '{' && text.back() == '}') {
    text = text.substr(1, text_length);
  }
  if (text.size() != text_length) {
    return std::nullopt;
  }
  Guid guid;
  std::size_t byte = 0;
  for (std::size_t i = 0; i < text_length;) {
    if (is_dash_position(i)) {
      if (text[i] != '-') {
        return std::nullopt;
      }
      ++i;
      continue;
    }
    const auto high = hex_digit(text[i]);
    const auto low = hex_digit(text[i + 1]);
    if (!high || !low) {
      return std::nullopt;
    }
    guid.raw[printed_order[byte++]] = static_cast<std::byte>(*high * 16 + *low);
    i += 2;
  }
  return guid;
}

}  // namespace

Guid Guid::from_bytes(Bytes data) noexcept {
  Guid guid;
  std::memcpy(guid.raw.data(), data.data(), guid.raw.size());
  return guid;
}

std::optional<Guid> Guid::parse(std::string_view text) noexcept {
  return parse_any(text);
}
std::optional<Guid> Guid::parse(std::u16string_view text) noexcept {
  return parse_any(text);
}

std::string Guid::to_string() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(text_length);
  for (const std::size_t index : printed_order) {
    if (is_dash_position(text.size())) {
      text += '-';
    }
    const auto value = std::to_integer<unsigned>(raw[index]);
    text += digits[value >> 4];
    text += digits[value & 15];
  }
  return text;
}

}  // namespace casement

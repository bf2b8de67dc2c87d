// SPDX-License-Identifier: Apache-2.0
// Letters, digits and blanks of ASCII, where a format means no others: never a locale.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace casement {

template <class Char>
constexpr bool is_ascii_digit(Char c) noexcept {
  return c >= '0' && c <= '9';
}

template <class Char>
constexpr bool is_ascii_letter(Char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The value of a hexadecimal digit of either case.
template <class Char>
constexpr std::optional<unsigned> hex_digit(Char c) noexcept {
  if (is_ascii_digit(c)) {
    return static_cast<unsigned>(c - '0');
  }
  if (c >= 'a' && c <= 'f') {
    return static_cast<unsigned>(c - 'a') + 10;
  }
  if (c >= 'A' && c <= 'F') {
    return static_cast<unsigned>(c - 'A') + 10;
  }
  return std::nullopt;
}

/// All but the letters A to Z stays.
constexpr char to_lower_ascii(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
inline std::string to_lower_ascii(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) { return to_lower_ascii(c); });
  return lower;
}

/// Equal without regard to the case of ASCII letters.
constexpr bool equals_folded_ascii(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b,
                            [](char x, char y) { return to_lower_ascii(x) == to_lower_ascii(y); });
}

/// A number of digits alone; `base` is 10 or 16. nullopt: no digit, something else, or more than a
/// Number holds.
template <std::unsigned_integral Number>
  requires(sizeof(Number) < sizeof(std::uint64_t))
constexpr std::optional<Number> parse_digits(std::u16string_view text,
                                             unsigned base = 10) noexcept {
  std::uint64_t number = 0;
  for (const char16_t unit : text) {
    const auto digit = hex_digit(unit);
    if (!digit || *digit >= base) {
      return std::nullopt;
    }
    number = number * base + *digit;
    if (number > std::numeric_limits<Number>::max()) {
      return std::nullopt;
    }
  }
  return text.empty() ? std::nullopt : std::optional(static_cast<Number>(number));
}

/// `text` without the characters of `blanks` at its ends.
template <class Char>
constexpr std::basic_string_view<Char> trimmed(
    std::basic_string_view<Char> text,
    std::type_identity_t<std::basic_string_view<Char>> blanks) noexcept {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == text.npos ? std::basic_string_view<Char>()
                            : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace casement

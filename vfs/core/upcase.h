// SPDX-License-Identifier: Apache-2.0
// Case folding as Windows does it: one UTF-16 unit at a time, never a locale.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace casement {

namespace detail {
char16_t upcase_beyond_ascii(char16_t unit) noexcept;
}

/// The upper-case form of one unit by the table that Windows Vista and later write to $UpCase.
/// U+00DF has none and stays. Surrogates stay.
[[nodiscard]] inline char16_t upcase(char16_t unit) noexcept {
  if (unit < 0x80) {
    return unit >= u'a' && unit <= u'z' ? static_cast<char16_t>(unit - 0x20) : unit;
  }
  return detail::upcase_beyond_ascii(unit);
}

[[nodiscard]] std::u16string upcase(std::u16string_view text);

/// Equal without regard to case.
[[nodiscard]] bool equals_folded(std::u16string_view a, std::u16string_view b) noexcept;

/// `text` begins with `prefix`, without regard to case.
[[nodiscard]] bool starts_with_folded(std::u16string_view text,
                                      std::u16string_view prefix) noexcept;

/// Order of the upper-cased units: the order of NTFS indexes and of registry subkey lists.
[[nodiscard]] std::strong_ordering compare_folded(std::u16string_view a,
                                                  std::u16string_view b) noexcept;

}  // namespace casement

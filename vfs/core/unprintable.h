// SPDX-License-Identifier: Apache-2.0
// Characters of an image that must not reach a terminal as they are.
#pragma once

namespace casement {

/// Controls (U+0080..9F are some too), ends of lines (U+2028..2029), changes of direction
/// (U+200E..F, U+202A..E, U+2066..9, U+061C) and what is invisible (U+FEFF): with them a stored
/// name could move the cursor, forge a line or hide a part of itself.
constexpr bool is_unprintable(char32_t c) noexcept {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace casement

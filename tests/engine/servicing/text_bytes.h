// SPDX-License-Identifier: Apache-2.0
// Texts of tests as the bytes of files.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace casement::test {

inline std::vector<std::byte> bytes_of(std::string_view text) {
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}

/// Units as UTF-16 in either order.
inline std::vector<std::byte> utf16_bytes(std::u16string_view text, bool big_endian = false) {
  std::vector<std::byte> bytes;
  for (const char16_t unit : text) {
    const auto low = static_cast<std::byte>(unit & 0xFF);
    const auto high = static_cast<std::byte>(unit >> 8);
    bytes.push_back(big_endian ? high : low);
    bytes.push_back(big_endian ? low : high);
  }
  return bytes;
}

}  // namespace casement::test

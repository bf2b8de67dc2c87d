// SPDX-License-Identifier: Apache-2.0
// 8.3 names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "vfs/core/bytes.h"

namespace casement {

/// A name as stored: 8 bytes of base and 3 of extension, padded with spaces.
using StoredShortName = std::array<std::byte, 11>;

/// "BASE.EXT" in a buffer of its own.
class ShortName {
 public:
  ShortName() = default;
  /// Without padding, the dot only before an extension, 0x05 at the start read as 0xE5, bytes from
  /// 0x80 on by code page 437.
  explicit ShortName(const StoredShortName& stored) noexcept : ShortName(stored, 0) {}
  /// Letters A to Z of base or extension in lower case where the bits of Windows NT say so.
  ShortName(const StoredShortName& stored, std::uint8_t name_case) noexcept;

  std::u16string_view view() const noexcept { return {units_.data(), length_}; }

 private:
  void append(Bytes part, bool lower) noexcept;

  std::array<char16_t, 12> units_{};
  std::size_t length_ = 0;
};

/// Ties the parts of a long name to its 8.3 name.
std::uint8_t short_name_checksum(const StoredShortName& stored) noexcept;

/// The first byte with which a name has that checksum: deleting overwrites it.
std::uint8_t first_byte_for(const StoredShortName& stored, std::uint8_t checksum) noexcept;

/// A byte that an 8.3 name may begin with.
bool is_short_name_start(std::uint8_t byte) noexcept;

/// Bytes by code page 437.
std::u16string from_code_page_437(Bytes raw);

}  // namespace casement

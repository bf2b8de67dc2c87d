// SPDX-License-Identifier: Apache-2.0
// Checking the headers of tar members.
#include "vfs/archive/tar_header.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

#include "vfs/archive/tar_layout.h"

namespace casement {
namespace {

using tar_layout::Header;

/// A number in octal digits: spaces, digits, then NUL or space to the end. nullopt: other text.
std::optional<std::uint64_t> parse_octal(std::span<const char> field) noexcept {
  std::size_t at = 0;
  while (at < field.size() && field[at] == ' ') {
    ++at;
  }
  std::uint64_t value = 0;
  for (; at < field.size() && field[at] >= '0' && field[at] <= '7'; ++at) {
    value = value * 8 + static_cast<std::uint64_t>(field[at] - '0');
  }
  const auto rest = field.subspan(at);
  const bool ended =
      std::all_of(rest.begin(), rest.end(), [](char c) { return c == ' ' || c == '\0'; });
  return ended ? std::optional(value) : std::nullopt;
}

/// Sizes beyond 8 GiB are written in binary, marked by the first bit (GNU, star).
bool is_number(std::span<const char> field) noexcept {
  return (static_cast<unsigned char>(field[0]) & 0x80U) != 0 || parse_octal(field).has_value();
}

bool has_right_sum(Bytes block, const Header& header) noexcept {
  const auto stored = parse_octal(header.checksum);
  if (!stored) {
    return false;
  }
  std::uint64_t unsigned_sum = 0;
  std::int64_t signed_sum = 0;  // of some old programs
  for (std::size_t i = 0; i < tar_layout::block_size; ++i) {
    const bool in_field =
        i >= offsetof(Header, checksum) && i < offsetof(Header, checksum) + sizeof header.checksum;
    const auto byte = in_field ? std::uint8_t{' '} : std::to_integer<std::uint8_t>(block[i]);
    unsigned_sum += byte;
    signed_sum += static_cast<std::int8_t>(byte);
  }
  return *stored == unsigned_sum || static_cast<std::int64_t>(*stored) == signed_sum;
}

}  // namespace

bool is_tar_header(Bytes block) noexcept {
  if (block.size() < sizeof(Header)) {
    return false;
  }
  Header header;
  std::memcpy(&header, block.data(), sizeof header);
  const std::string_view magic(header.magic, 5);
  constexpr std::string_view no_magic("\0\0\0\0\0", 5);
  const bool known_type = header.type_flag == '\0' ||
                          (header.type_flag >= '0' && header.type_flag <= '9') ||
                          (header.type_flag >= 'A' && header.type_flag <= 'Z') ||
                          header.type_flag == 'g' || header.type_flag == 'x';
  return (magic == "ustar" || magic == no_magic) && known_type && header.name[0] != '\0' &&
         is_number(header.size) && is_number(header.mtime) && has_right_sum(block, header);
}

}  // namespace casement

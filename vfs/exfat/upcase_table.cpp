// SPDX-License-Identifier: Apache-2.0
// Decompressing the table.
#include "vfs/exfat/upcase_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::size_t unit_count = 65'536;
constexpr std::uint16_t identity_mark = 0xFFFF;

std::uint32_t checksum_of(Bytes raw) noexcept {
  std::uint32_t sum = 0;
  for (const std::byte byte : raw) {
    sum = std::rotr(sum, 1) + std::to_integer<std::uint32_t>(byte);
  }
  return sum;
}

}  // namespace

Result<ExfatUpcaseTable> ExfatUpcaseTable::parse(Bytes raw, std::uint32_t checksum) {
  if (const std::uint32_t sum = checksum_of(raw); sum != checksum) {
    return fail(Status::corrupt,
                fmt::format("up-case table: checksum 0x{:08x}, expected 0x{:08x}", sum, checksum));
  }
  ExfatUpcaseTable table;
  table.units_.resize(unit_count);
  for (std::size_t i = 0; i < unit_count; ++i) {
    table.units_[i] = static_cast<char16_t>(i);  // also what a short table says of the rest
  }
  std::size_t unit = 0;
  for (std::size_t at = 0; in_range(raw.size(), at, 2); at += 2) {
    const auto value = get_le<std::uint16_t>(raw, at);
    std::size_t count = 1;
    // The mark at the very end is no mark: 0xFFFF stays itself.
    if (value == identity_mark && in_range(raw.size(), at + 2, 2)) {
      at += 2;
      count = get_le<std::uint16_t>(raw, at);
    } else if (unit < unit_count) {
      table.units_[unit] = static_cast<char16_t>(value);
    }
    unit += count;
    if (unit > unit_count) {
      return fail(
          Status::corrupt,
          fmt::format("up-case table: {} units at byte 0x{:x}, expected at most 65536", unit, at));
    }
  }
  return table;
}

char16_t ExfatUpcaseTable::operator()(char16_t unit) const noexcept {
  return units_.empty() ? upcase(unit) : units_[unit];
}

bool ExfatUpcaseTable::equal(std::u16string_view a, std::u16string_view b) const noexcept {
  return std::ranges::equal(
      a, b, [this](char16_t x, char16_t y) { return x == y || (*this)(x) == (*this)(y); });
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Parsing $UpCase and comparing by it.
#include "vfs/ntfs/upcase_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "vfs/core/upcase.h"

namespace casement::ntfs {
namespace {

constexpr std::size_t unit_count = 0x1'0000;

}  // namespace

UpcaseTable::UpcaseTable(std::vector<char16_t> units)
    : units_(std::make_shared<const std::vector<char16_t>>(std::move(units))) {}

UpcaseTable UpcaseTable::built_in() {
  static const UpcaseTable table = [] {
    std::vector<char16_t> units(unit_count);
    for (std::size_t i = 0; i < unit_count; ++i) {
      units[i] = upcase(static_cast<char16_t>(i));
    }
    return UpcaseTable(std::move(units));
  }();
  return table;
}

Result<UpcaseTable> UpcaseTable::parse(Bytes stream) {
  if (stream.size() != stream_size) {
    return fail(Status::corrupt,
                fmt::format("$UpCase: {} bytes, expected {}", stream.size(), stream_size));
  }
  std::vector<char16_t> units(unit_count);
  for (std::size_t i = 0; i < unit_count; ++i) {
    units[i] = get_le<std::uint16_t>(stream, i * 2);
  }
  for (char16_t unit = 0; unit < 0x80; ++unit) {
    if (units[unit] != upcase(unit)) {
      return fail(Status::corrupt,
                  fmt::format("$UpCase: U+{:04X} folds to U+{:04X}, expected U+{:04X}",
                              static_cast<unsigned>(unit), static_cast<unsigned>(units[unit]),
                              static_cast<unsigned>(upcase(unit))));
    }
  }
  return UpcaseTable(std::move(units));
}

std::strong_ordering UpcaseTable::compare(std::u16string_view a,
                                          std::u16string_view b) const noexcept {
  const char16_t* const table = units_->data();
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const char16_t left = table[a[i]];
    const char16_t right = table[b[i]];
    if (left != right) {
      return left <=> right;
    }
  }
  return a.size() <=> b.size();
}

bool UpcaseTable::equal(std::u16string_view a, std::u16string_view b) const noexcept {
  return a.size() == b.size() && compare(a, b) == std::strong_ordering::equal;
}

}  // namespace casement::ntfs

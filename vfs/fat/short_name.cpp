// SPDX-License-Identifier: Apache-2.0
// 8.3 names and the checksum over them.
#include "vfs/fat/short_name.h"

#include <bit>
#include <string_view>

#include "vfs/core/code_page_437.h"
#include "vfs/fat/fat_layout.h"

namespace casement {
namespace {

constexpr std::size_t base_size = 8;
constexpr std::size_t extension_size = 3;

Bytes without_padding(Bytes part) noexcept {
  while (!part.empty() && part.back() == std::byte{' '}) {
    part = part.first(part.size() - 1);
  }
  return part;
}

}  // namespace

ShortName::ShortName(const StoredShortName& stored, std::uint8_t name_case) noexcept {
  StoredShortName name = stored;
  if (name[0] == std::byte{fat_layout::slot_kanji_e5}) {
    name[0] = std::byte{fat_layout::slot_deleted};
  }
  const Bytes whole = name;
  append(without_padding(whole.first(base_size)), (name_case & fat_layout::lower_base) != 0);
  const Bytes extension = without_padding(whole.last(extension_size));
  if (!extension.empty()) {
    units_[length_++] = u'.';
    append(extension, (name_case & fat_layout::lower_extension) != 0);
  }
}

void ShortName::append(Bytes part, bool lower) noexcept {
  for (const std::byte stored : part) {
    char16_t unit = from_code_page_437(std::to_integer<std::uint8_t>(stored));
    if (lower && unit >= u'A' && unit <= u'Z') {
      unit = static_cast<char16_t>(unit + 0x20);
    }
    units_[length_++] = unit;
  }
}

std::uint8_t short_name_checksum(const StoredShortName& stored) noexcept {
  std::uint8_t sum = 0;
  for (const std::byte byte : stored) {
    sum = static_cast<std::uint8_t>(std::rotr(sum, 1) + std::to_integer<std::uint8_t>(byte));
  }
  return sum;
}

std::uint8_t first_byte_for(const StoredShortName& stored, std::uint8_t checksum) noexcept {
  // The sum backwards: what it was before each byte was added and it was rotated.
  std::uint8_t sum = checksum;
  for (std::size_t i = stored.size() - 1; i != 0; --i) {
    sum = std::rotl(static_cast<std::uint8_t>(sum - std::to_integer<std::uint8_t>(stored[i])), 1);
  }
  return sum;
}

bool is_short_name_start(std::uint8_t byte) noexcept {
  constexpr std::string_view never = "\"*+,./:;<=>?[\\]|";
  return byte == fat_layout::slot_kanji_e5 ||
         (byte > 0x20 && byte != 0x7F && byte != fat_layout::slot_deleted &&
          never.find(static_cast<char>(byte)) == std::string_view::npos);
}

std::u16string from_code_page_437(Bytes raw) {
  std::u16string text;
  text.reserve(raw.size());
  for (const std::byte byte : raw) {
    text += from_code_page_437(std::to_integer<std::uint8_t>(byte));
  }
  return text;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Decoders of binary values. Each takes bytes of any length.
#include "engine/inspect/system_blobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t key_offset = 52;  // of DigitalProductId
constexpr std::size_t key_size = 15;
constexpr std::size_t key_digits = 25;
constexpr std::uint32_t key_base = 24;
constexpr std::u16string_view alphabet = u"BCDFGHJKMPQRTVWXY2346789";
static_assert(alphabet.size() == key_base);
/// In the last byte: one digit is the place of an N instead. The largest key leaves the bit free.
constexpr std::uint32_t has_n = 0x08;

/// The bytes of a SID S-1-5-21-a-b-c before a.
constexpr std::array<std::byte, 12> sid_start = {
    std::byte{1}, std::byte{4}, std::byte{0},  std::byte{0}, std::byte{0}, std::byte{0},
    std::byte{0}, std::byte{5}, std::byte{21}, std::byte{0}, std::byte{0}, std::byte{0}};
constexpr std::size_t sid_size = 24;

/// Digits of the number, the highest first; the number is divided away.
std::u16string to_base_24(std::array<std::uint32_t, key_size>& number) {
  std::u16string digits(key_digits, u'B');
  for (std::size_t i = key_digits; i-- > 0;) {
    std::uint32_t rest = 0;
    for (std::size_t byte = key_size; byte-- > 0;) {
      const std::uint32_t value = rest * 256 + number.at(byte);
      number.at(byte) = value / key_base;
      rest = value % key_base;
    }
    digits[i] = alphabet[rest];
  }
  return digits;
}

std::u16string with_dashes(const std::u16string& digits) {
  std::u16string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && i % 5 == 0) {
      text += u'-';
    }
    text += digits[i];
  }
  return text;
}

}  // namespace

std::optional<std::u16string> decode_digital_product_id(Bytes value) {
  if (!in_range(value.size(), key_offset, key_size)) {
    return std::nullopt;
  }
  std::array<std::uint32_t, key_size> number{};
  for (std::size_t i = 0; i < key_size; ++i) {
    number.at(i) = std::to_integer<std::uint32_t>(value[key_offset + i]);
  }
  if (std::all_of(number.begin(), number.end(), [](std::uint32_t byte) { return byte == 0; })) {
    return std::nullopt;
  }
  const bool n = (number.back() & has_n) != 0;
  number.back() &= ~has_n;
  std::array<std::uint32_t, key_size> left = number;
  std::u16string digits = to_base_24(left);
  if (std::any_of(left.begin(), left.end(), [](std::uint32_t byte) { return byte != 0; })) {
    return std::nullopt;  // larger than any key
  }
  if (n) {
    const std::size_t place = alphabet.find(digits.front());
    digits.erase(0, 1);
    digits.insert(place, 1, u'N');  // place < 24 = digits.size()
  }
  return with_dashes(digits);
}

std::optional<std::u16string> find_machine_sid(Bytes value) {
  for (std::size_t end = value.size(); end >= sid_size; --end) {
    const Bytes sid = value.subspan(end - sid_size, sid_size);
    if (!std::equal(sid_start.begin(), sid_start.end(), sid.begin())) {
      continue;
    }
    const std::string text =
        fmt::format("S-1-5-21-{}-{}-{}", get_le<std::uint32_t>(sid, 12),
                    get_le<std::uint32_t>(sid, 16), get_le<std::uint32_t>(sid, 20));
    return std::u16string(text.begin(), text.end());
  }
  return std::nullopt;
}

std::optional<std::u16string> decode_policy_text(Bytes value) {
  constexpr std::size_t header = 8;  // length, capacity, offset of the text
  if (value.size() < header) {
    return std::nullopt;
  }
  const std::uint16_t length = get_le<std::uint16_t>(value, 0);
  const std::uint32_t offset = get_le<std::uint32_t>(value, 4);
  if (!in_range(value.size(), offset, length)) {
    return std::nullopt;
  }
  return from_utf16le(value.subspan(offset, length));
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Product keys of 2009: base 24 with an N, then bit fields, then a shortened CRC.
#include "engine/servicing/product_key_code.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "vfs/core/bytes.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::u16string_view digits = u"BCDFGHJKMPQRTVWXY2346789";
constexpr std::size_t group_size = 5;
constexpr std::size_t key_size = 29;  // five groups and four dashes
constexpr std::size_t digit_count = 25;

// The bits of the number, the lowest is 0.
constexpr unsigned serial_bit = 20;
constexpr unsigned security_bit = 50;
constexpr unsigned checksum_bit = 103 - 64;  // in the upper half
constexpr unsigned upgrade_bit = 113 - 64;
constexpr std::uint64_t checksum_mask = std::uint64_t{0x3FF} << checksum_bit;

/// 128 bits, little-endian.
using Number = std::array<std::byte, 16>;

constexpr std::uint64_t low_bits(unsigned count) noexcept {
  return (std::uint64_t{1} << count) - 1;
}

/// Cannot overflow: 25 digits are less than 2^115.
void append_digit(Number& number, std::uint32_t digit) noexcept {
  std::uint32_t carry = digit;
  for (std::byte& byte : number) {
    const std::uint32_t sum = std::to_integer<std::uint32_t>(byte) * 24 + carry;
    byte = static_cast<std::byte>(sum & 0xFFU);
    carry = sum >> 8U;
  }
}

/// CRC-32/MPEG-2, and of its complement the lowest ten bits: so it fits the keys that Microsoft
/// publishes for volume activation.
std::uint32_t checksum_of(const Number& number) noexcept {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::byte byte : number) {
    crc ^= std::to_integer<std::uint32_t>(byte) << 24U;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 0x80000000U) != 0 ? crc << 1U ^ 0x04C11DB7U : crc << 1U;
    }
  }
  return ~crc & 0x3FFU;
}

std::unexpected<Error> malformed(std::string what) {
  return fail(Status::invalid_data, "product key: " + std::move(what));
}

/// The 25 characters without the dashes, in upper case.
Result<std::array<char16_t, digit_count>> without_dashes(std::u16string_view key) {
  if (key.size() != key_size) {
    return malformed(fmt::format("{} characters, expected {}", key.size(), key_size));
  }
  std::array<char16_t, digit_count> letters{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool dash_expected = i % (group_size + 1) == group_size;
    const char16_t unit = upcase(key[i]);
    const bool known = unit == u'N' || digits.find(unit) != std::u16string_view::npos;
    if (dash_expected ? unit != u'-' : !known) {
      return malformed(fmt::format("character {} is U+{:04X}, expected {}", i + 1,
                                   static_cast<unsigned>(key[i]),
                                   dash_expected ? "a dash" : "one of its 25"));
    }
    if (!dash_expected) {
      letters[count++] = unit;
    }
  }
  return letters;
}

}  // namespace

Result<ProductKeyCode> decode_product_key(std::u16string_view key) {
  const auto letters = CASEMENT_TRY(without_dashes(key));
  std::optional<std::size_t> marker;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] != u'N') {
      continue;
    }
    if (marker) {
      return malformed("more than one N");
    }
    marker = i;
  }
  if (!marker) {
    return fail(Status::unsupported,
                "product key: no N in it, so it is of the algorithm before 2009, whose group "
                "cannot be told without checking its signature");
  }
  Number number{};
  append_digit(number, static_cast<std::uint32_t>(*marker));
  for (const char16_t letter : letters) {
    if (letter != u'N') {
      append_digit(number, static_cast<std::uint32_t>(digits.find(letter)));
    }
  }
  const std::uint64_t low = get_le<std::uint64_t>(number, 0);
  const std::uint64_t high = get_le<std::uint64_t>(number, 8);
  ProductKeyCode code;
  code.group = static_cast<std::uint32_t>(low & low_bits(serial_bit));
  code.serial = static_cast<std::uint32_t>(low >> serial_bit & low_bits(30));
  code.security = low >> security_bit | (high & low_bits(checksum_bit)) << (64 - security_bit);
  code.checksum = static_cast<std::uint32_t>((high & checksum_mask) >> checksum_bit);
  code.upgrade = (high >> upgrade_bit & 1U) != 0;

  // The checksum is made while its own bits are zero.
  for (std::size_t i = 0; i < 8; ++i) {
    number[8 + i] = static_cast<std::byte>((high & ~checksum_mask) >> (8 * i) & 0xFFU);
  }
  if (const std::uint32_t expected = checksum_of(number); code.checksum != expected) {
    return malformed(
        fmt::format("checksum 0x{:03x}, its other bits give 0x{:03x}", code.checksum, expected));
  }
  return code;
}

}  // namespace casement

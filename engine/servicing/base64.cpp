// SPDX-License-Identifier: Apache-2.0
// Six bits a character, collected until they make a byte.
#include "engine/servicing/base64.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>

namespace casement {
namespace {

constexpr bool is_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

constexpr std::optional<std::uint32_t> six_bits(char c) noexcept {
  if (c >= 'A' && c <= 'Z') {
    return static_cast<std::uint32_t>(c - 'A');
  }
  if (c >= 'a' && c <= 'z') {
    return static_cast<std::uint32_t>(c - 'a') + 26;
  }
  if (c >= '0' && c <= '9') {
    return static_cast<std::uint32_t>(c - '0') + 52;
  }
  if (c == '+') {
    return 62;
  }
  if (c == '/') {
    return 63;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<std::byte>> decode_base64(std::string_view text) {
  std::vector<std::byte> bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t pending = 0;  // the last bits that are no whole byte yet
  unsigned pending_bits = 0;
  std::size_t characters = 0;
  bool padded = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_space(c)) {
      continue;
    }
    if (c == '=') {
      padded = true;
      continue;
    }
    const auto value = six_bits(c);
    if (!value || padded) {
      return fail(Status::corrupt,
                  fmt::format("base64: character 0x{:02x} at offset {}, expected {}",
                              static_cast<unsigned char>(c), i,
                              padded ? "nothing behind the padding" : "one of its 64"));
    }
    ++characters;
    pending = (pending << 6U | *value) & 0xFFFU;
    pending_bits += 6;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      bytes.push_back(static_cast<std::byte>(pending >> pending_bits & 0xFFU));
    }
  }
  if (characters % 4 == 1) {
    return fail(Status::corrupt,
                fmt::format("base64: {} characters, the last group has only one", characters));
  }
  return bytes;
}

}  // namespace casement

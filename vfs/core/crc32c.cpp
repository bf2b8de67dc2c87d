// SPDX-License-Identifier: Apache-2.0
// Eight bytes a step by tables ("slicing by 8"): no instruction set is assumed.
#include "vfs/core/crc32c.h"

#include <array>
#include <cstddef>

namespace casement {
namespace {

constexpr std::uint32_t polynomial = 0x82F6'3B78;  // 0x1EDC6F41, bits reversed
constexpr std::size_t step = 8;

/// tables[k][b]: the effect of byte b followed by k zero bytes.
constexpr auto make_tables() {
  std::array<std::array<std::uint32_t, 256>, step> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? polynomial : 0);
    }
    tables[0][byte] = crc;
  }
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    for (std::size_t k = 1; k < step; ++k) {
      const std::uint32_t previous = tables[k - 1][byte];
      tables[k][byte] = (previous >> 8) ^ tables[0][previous & 0xFF];
    }
  }
  return tables;
}

constexpr auto tables = make_tables();

}  // namespace

void Crc32c::update(Bytes data) noexcept {
  std::uint32_t crc = state_;
  for (; data.size() >= step; data = data.subspan(step)) {
    const std::uint32_t low = get_le<std::uint32_t>(data, 0) ^ crc;
    const auto high = get_le<std::uint32_t>(data, 4);
    crc = tables[7][low & 0xFF] ^ tables[6][(low >> 8) & 0xFF] ^ tables[5][(low >> 16) & 0xFF] ^
          tables[4][low >> 24] ^ tables[3][high & 0xFF] ^ tables[2][(high >> 8) & 0xFF] ^
          tables[1][(high >> 16) & 0xFF] ^ tables[0][high >> 24];
  }
  for (const std::byte byte : data) {
    crc = (crc >> 8) ^ tables[0][(crc ^ std::to_integer<std::uint32_t>(byte)) & 0xFF];
  }
  state_ = crc;
}

std::uint32_t crc32c(Bytes data) noexcept {
  Crc32c crc;
  crc.update(data);
  return crc.value();
}

}  // namespace casement

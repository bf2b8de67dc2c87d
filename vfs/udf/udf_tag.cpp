// SPDX-License-Identifier: Apache-2.0
// Checksums of descriptors.
#include "vfs/udf/udf_tag.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

namespace casement {
namespace {

namespace layout = udf_layout;

constexpr std::array<std::uint16_t, 256> make_crc_table() noexcept {
  constexpr unsigned polynomial = 0x1021;
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    unsigned value = byte << 8;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value << 1) ^ ((value & 0x8000U) != 0 ? polynomial : 0U);
    }
    table.at(byte) = static_cast<std::uint16_t>(value);
  }
  return table;
}

constexpr std::array<std::uint16_t, 256> crc_table = make_crc_table();

}  // namespace

std::uint16_t udf_crc(Bytes covered) noexcept {
  unsigned crc = 0;
  for (const std::byte byte : covered) {
    const unsigned index = ((crc >> 8) ^ std::to_integer<unsigned>(byte)) & 0xFFU;
    crc = ((crc << 8) ^ crc_table[index]) & 0xFFFFU;
  }
  return static_cast<std::uint16_t>(crc);
}

bool is_udf_tag(const layout::Tag& tag) noexcept {
  std::array<std::uint8_t, sizeof(layout::Tag)> bytes{};
  std::memcpy(bytes.data(), &tag, sizeof(tag));
  unsigned sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += i == offsetof(layout::Tag, checksum) ? 0U : bytes[i];
  }
  // A block of zeros has the right sum.
  return (sum & 0xFFU) == tag.checksum && tag.version.value() != 0;
}

Result<layout::Tag> read_udf_tag(Bytes descriptor, const char* what) {
  const auto tag = CASEMENT_TRY(load<layout::Tag>(descriptor, 0, what));
  if (!is_udf_tag(tag)) {
    return fail(Status::corrupt, fmt::format("{}: the checksum of its tag is wrong", what));
  }
  const std::size_t covered = tag.crc_length.value();
  if (!in_range(descriptor.size(), sizeof(tag), covered)) {
    return fail(Status::corrupt, fmt::format("{}: its CRC covers {} bytes, {} are there", what,
                                             covered, descriptor.size() - sizeof(tag)));
  }
  const std::uint16_t crc = udf_crc(descriptor.subspan(sizeof(tag), covered));
  if (crc != tag.crc.value()) {
    return fail(Status::corrupt,
                fmt::format("{}: CRC 0x{:04x}, expected 0x{:04x}", what, crc, tag.crc.value()));
  }
  return tag;
}

Result<layout::Tag> expect_udf_tag(Bytes descriptor, std::uint16_t identifier, const char* what) {
  const auto tag = CASEMENT_TRY(read_udf_tag(descriptor, what));
  if (tag.identifier.value() != identifier) {
    return fail(Status::corrupt, fmt::format("{}: descriptor {}, expected {}", what,
                                             tag.identifier.value(), identifier));
  }
  return tag;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Boot sector, three copies, and the data that say who may unlock.
#include "tests/vfs/volume/bitlocker_support.h"

#include "fixtures/build/text.h"

namespace casement::test {
namespace {

using fx::ByteVector;

constexpr std::size_t header_size = 64;
constexpr std::size_t dataset_header_size = 48;

std::uint32_t checksum(std::span<const std::byte> bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::byte byte : bytes) {
    crc ^= static_cast<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320U : crc >> 1;
    }
  }
  return ~crc;
}

bool is_vista(const BitLockerPlan& plan) {
  return plan.kind == BitLockerPlan::Kind::vista;
}

void append_datum(ByteVector& data, std::uint16_t role, std::uint16_t type,
                  const ByteVector& body) {
  fx::append_u16(data, static_cast<std::uint16_t>(8 + body.size()));
  fx::append_u16(data, role);
  fx::append_u16(data, type);
  fx::append_u16(data, 1);
  fx::append_bytes(data, body);
}

ByteVector dataset(const BitLockerPlan& plan) {
  ByteVector data(dataset_header_size);
  append_datum(data, 7, 2, fx::utf16le_z(plan.description));
  for (std::size_t i = 0; i < plan.protectors.size(); ++i) {
    ByteVector body(28 + 16);  // with some nested data
    fx::put_bytes(body, 0, protector_id(i).bytes);
    fx::put_u64(body, 16, 132066973151562352);
    fx::put_u16(body, 26, plan.protectors[i]);
    append_datum(data, 2, 8, body);
  }
  append_datum(data, 3, 5, ByteVector(32));
  fx::put_u32(data, 0, static_cast<std::uint32_t>(data.size()));
  fx::put_u32(data, 4, 1);
  fx::put_u32(data, 8, dataset_header_size);
  fx::put_u32(data, 12, static_cast<std::uint32_t>(data.size()));
  fx::put_bytes(data, 16, plan.volume_id.bytes);
  fx::put_u32(data, 36, plan.method);
  fx::put_u64(data, 40, 132066973151562352);
  return data;
}

ByteVector block(const BitLockerPlan& plan) {
  ByteVector bytes(header_size);
  fx::put_bytes(bytes, 0, fx::ascii_bytes("-FVE-FS-"));
  fx::put_u16(bytes, 10, is_vista(plan) ? 1 : 2);
  fx::put_u16(bytes, 12, plan.state);
  fx::put_u16(bytes, 14, plan.state);
  fx::put_u64(bytes, 16, plan.encrypted_size);
  fx::append_bytes(bytes, dataset(plan));
  bytes.resize(fx::round_up(bytes.size(), 16));
  fx::put_u16(bytes, 8,
              static_cast<std::uint16_t>(is_vista(plan) ? bytes.size() : bytes.size() / 16));
  return bytes;
}

}  // namespace

fx::Guid protector_id(std::size_t index) {
  return fx::derived_guid("protector " + std::to_string(index));
}

void reseal_bitlocker(ByteVector& volume, std::size_t copy) {
  const std::size_t unit = fx::get_u16(volume, copy + 10) == 1 ? 1 : 16;
  const std::size_t size = fx::get_u16(volume, copy + 8) * unit;
  fx::put_u16(volume, copy + size, static_cast<std::uint16_t>(0x10000 - size));
  fx::put_u16(volume, copy + size + 2, 2);
  fx::put_u32(volume, copy + size + 4,
              checksum(std::span<const std::byte>(volume).subspan(copy, size)));
}

ByteVector build_bitlocker(const BitLockerPlan& plan) {
  using Kind = BitLockerPlan::Kind;
  ByteVector volume(bitlocker_volume_size);
  // A valid FAT32 boot sector: To Go volumes have one, and the others keep its fields.
  fx::put_bytes(volume, 0, fx::ascii_bytes("\xEBX\x90-FVE-FS-"));
  if (plan.kind == Kind::to_go) {
    fx::put_bytes(volume, 3, fx::ascii_bytes("MSWIN4.1"));
  }
  fx::put_u16(volume, 11, 512);
  volume[13] = std::byte{8};
  fx::put_u16(volume, 510, 0xAA55);
  if (is_vista(plan)) {
    fx::put_u64(volume, 0x38, bitlocker_copies[0] / (512 * 8));
  } else {
    const std::size_t at = plan.kind == Kind::to_go ? 0x1A8 : 0xA0;
    const fx::Guid id = fx::Guid::parse(plan.kind == Kind::encrypt_on_write
                                            ? "92a84d3b-dd80-4d0e-9e4e-b1e3284eaed8"
                                            : "4967d63b-2e29-4ad8-8399-f6a339e3d001");
    fx::put_bytes(volume, at, id.bytes);
    for (std::size_t i = 0; i < 3; ++i) {
      fx::put_u64(volume, at + 16 + 8 * i, bitlocker_copies[i]);
    }
  }
  const ByteVector bytes = block(plan);
  for (const std::size_t copy : bitlocker_copies) {
    fx::put_bytes(volume, copy, bytes);
    reseal_bitlocker(volume, copy);
    if (is_vista(plan)) {
      break;
    }
  }
  return volume;
}

}  // namespace casement::test

// SPDX-License-Identifier: Apache-2.0
// BitLocker volumes as far as their metadata: nothing in them is encrypted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fixtures/build/bytes.h"
#include "fixtures/build/guid.h"

namespace casement::test {

namespace fx = casement::fixture;

struct BitLockerPlan {
  enum class Kind : std::uint8_t { current, encrypt_on_write, to_go, vista };

  Kind kind = Kind::current;
  std::uint16_t state = 4;
  std::uint64_t encrypted_size = 0x40000;
  std::uint32_t method = 0x80048004;
  fx::Guid volume_id = fx::derived_guid("volume");
  std::u16string description = u"HOST C: 7/4/2019";
  std::vector<std::uint16_t> protectors = {0x0100, 0x0800};
};

/// Offsets of the copies of the metadata in a built volume of 256 KiB; Vista has the first alone.
inline constexpr std::size_t bitlocker_copies[] = {0x10000, 0x20000, 0x30000};
inline constexpr std::size_t bitlocker_volume_size = 0x40000;

/// The identifier of the n-th protector, from 0.
fx::Guid protector_id(std::size_t index);

fx::ByteVector build_bitlocker(const BitLockerPlan& plan);

/// Makes the checksum of one copy right again.
void reseal_bitlocker(fx::ByteVector& volume, std::size_t copy);

}  // namespace casement::test

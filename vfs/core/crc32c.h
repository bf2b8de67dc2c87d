// SPDX-License-Identifier: Apache-2.0
// CRC-32C, the Castagnoli polynomial that VHDX uses.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"

namespace casement {

/// A CRC over pieces: update() in order, value() at any time.
class Crc32c {
 public:
  void update(Bytes data) noexcept;
  std::uint32_t value() const noexcept { return ~state_; }

 private:
  std::uint32_t state_ = 0xFFFF'FFFF;
};

/// The CRC of one piece.
std::uint32_t crc32c(Bytes data) noexcept;

}  // namespace casement

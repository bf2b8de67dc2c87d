// SPDX-License-Identifier: Apache-2.0
// CRC-32 as GPT headers and BitLocker metadata use it (IEEE 802.3, reflected, polynomial
// 0xEDB88320).
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"

namespace casement {

/// The checksum of `data`. `before` is that of the bytes in front of it, when they are checked in
/// pieces: crc32(b, crc32(a)) is that of a and b together.
std::uint32_t crc32(Bytes data, std::uint32_t before = 0) noexcept;

}  // namespace casement

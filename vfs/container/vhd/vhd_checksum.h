// SPDX-License-Identifier: Apache-2.0
// Small conversions that the VHD structures share.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/core/guid.h"

namespace casement {

/// The ones' complement of the sum of all bytes but the four of the checksum itself, which are at
/// `checksum_offset`.
[[nodiscard]] std::uint32_t vhd_checksum(Bytes structure, std::size_t checksum_offset) noexcept;

/// A UUID as VHD stores it, with its first three fields big-endian. Precondition: raw.size() >= 16.
[[nodiscard]] Guid vhd_guid(Bytes raw) noexcept;

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What every descriptor begins with: its kind, and the checksums that prove it.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"
#include "vfs/udf/udf_layout.h"

namespace casement {

/// The CRC of ECMA-167 1/7.2.6: x^16 + x^12 + x^5 + 1, from 0, not reflected.
std::uint16_t udf_crc(Bytes covered) noexcept;

/// The tag that `descriptor` begins with. corrupt: its checksum is wrong, or the CRC of what
/// follows, or the CRC covers more than there is.
Result<udf_layout::Tag> read_udf_tag(Bytes descriptor, const char* what);

/// The same; corrupt as well when the descriptor is of another kind. Where it says it lies is not
/// checked.
Result<udf_layout::Tag> expect_udf_tag(Bytes descriptor, std::uint16_t identifier,
                                       const char* what);

/// The tag's own checksum is right: good enough to find a descriptor, not to trust it.
bool is_udf_tag(const udf_layout::Tag& tag) noexcept;

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What the characters of a product key stand for.
#pragma once

#include <cstdint>
#include <string_view>

#include "vfs/core/result.h"

namespace casement {

/// The fields of a key of the algorithm "msft:rm/algorithm/pkey/2009", which Windows 8 and later
/// use: 114 bits, the lowest first.
struct ProductKeyCode {
  std::uint32_t group = 0;     // 20 bits: the product and its channel
  std::uint32_t serial = 0;    // 30 bits
  std::uint64_t security = 0;  // 53 bits; only Microsoft can tell whether they are genuine
  std::uint32_t checksum = 0;  // 10 bits
  bool upgrade = false;
};

/// "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX", either case: 24 digits to the base 24 and one N, whose position
/// is the first digit. The checksum is verified; the security bits cannot be.
/// invalid_data: another form, or a wrong checksum. unsupported: a key without an N, which is of
/// the older algorithm: its group is told by its signature alone. No message repeats the key.
Result<ProductKeyCode> decode_product_key(std::u16string_view key);

}  // namespace casement

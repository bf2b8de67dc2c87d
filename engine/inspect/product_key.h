// SPDX-License-Identifier: Apache-2.0
// What a product key is for.
#pragma once

#include <string>
#include <string_view>

#include "engine/image/image.h"
#include "vfs/core/result.h"

namespace casement {

/// ERROR_UNKNOWN_PRODUCT: the answer of DISM for a key that the installation does not know.
inline constexpr Status unknown_product =
    static_cast<Status>(static_cast<std::int32_t>(0x80070645));

struct ProductKeyInfo {
  std::u16string edition;  // "Professional"
  std::u16string channel;  // "Retail"
};

/// Looks a key ("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX") up in the ranges of the installation's pkeyconfig.
/// Whether a key is genuine cannot be known without its signature's public key; this tells what it
/// claims. unknown_product: malformed, or in no range. not_found: there is no pkeyconfig.
Result<ProductKeyInfo> read_product_key(const Image& image, std::u16string_view key);

}  // namespace casement

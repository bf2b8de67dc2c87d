// SPDX-License-Identifier: Apache-2.0
// Binary values that hold a text: product keys, security identifiers, names of the policy.
#pragma once

#include <optional>
#include <string>

#include "vfs/core/bytes.h"

namespace casement {

/// "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX" of a DigitalProductId, with the N of Windows 8 and later.
/// nullopt: shorter than its fields, or no key in it.
std::optional<std::u16string> decode_digital_product_id(Bytes value);

/// "S-1-5-21-a-b-c": the last identifier of a machine or domain in the bytes. nullopt: none.
std::optional<std::u16string> find_machine_sid(Bytes value);

/// The text of a UNICODE_STRING whose buffer lies behind it, as SECURITY keeps names. nullopt: it
/// points outside.
std::optional<std::u16string> decode_policy_text(Bytes value);

}  // namespace casement

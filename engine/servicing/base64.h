// SPDX-License-Identifier: Apache-2.0
// Binary data in XML files: base64.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"

namespace casement {

/// RFC 4648, section 4. White space between the characters is skipped; padding may be left out.
/// The result is never longer than three quarters of `text`. corrupt: another character, text
/// behind the padding, or a last group of one character; the message has the offset.
Result<std::vector<std::byte>> decode_base64(std::string_view text);

}  // namespace casement

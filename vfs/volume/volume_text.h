// SPDX-License-Identifier: Apache-2.0
// Labels and descriptions out of volumes, fit for one line.
#pragma once

#include <string>
#include <string_view>

#include "vfs/core/bytes.h"

namespace casement {

/// UTF-8; control characters, which would break a line or steer a terminal, become '?'.
std::string printable_text(std::u16string_view text);

/// The same of bytes up to a NUL or the end, UTF-8 as Linux writes it, else taken as Latin-1.
std::string printable_text(Bytes raw);

}  // namespace casement

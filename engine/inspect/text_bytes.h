// SPDX-License-Identifier: Apache-2.0
// Text files of Windows in whatever encoding they have.
#pragma once

#include <string>

#include "vfs/core/bytes.h"

namespace casement {

/// UTF-16 with a byte order mark of either kind, else UTF-8 with or without one, else one byte a
/// character (Latin-1). The mark is dropped.
std::u16string decode_text(Bytes text);

}  // namespace casement

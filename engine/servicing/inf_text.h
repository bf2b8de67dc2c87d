// SPDX-License-Identifier: Apache-2.0
// The encodings in which INFs are written.
#pragma once

#include <string>

#include "vfs/core/bytes.h"

namespace casement {

/// UTF-16 (little-endian, or big-endian with a byte order mark), UTF-8, code page 932 or
/// Windows-1252; a file does not say which of the last three it is. Without a mark it is UTF-16
/// when most of its first characters have a high byte of zero, and UTF-8 when it is valid as such.
/// The other two are told apart by how Japanese lies in 932: most pairs there begin with 81 to 9F,
/// which Western texts do not use. A byte that its code page does not define becomes U+FFFD.
std::u16string decode_inf_text(Bytes text);

}  // namespace casement

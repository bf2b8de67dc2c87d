// SPDX-License-Identifier: Apache-2.0
// LZNT1, the compression of NTFS compression units and of some hive and registry data.
#pragma once

#include <cstddef>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Decompresses one LZNT1 stream (a compression unit) into `out`; what the stream does not fill is
/// zeroed. Gives how many bytes were decoded. corrupt: a token that reaches before its chunk, a
/// chunk larger than its stream; `out` then holds what was decoded before it, and zeros.
/// Sources: libfwnt's description of LZNT1; MS-XCA 2.5.
Result<std::size_t> decompress_lznt1(Bytes in, MutableBytes out);

}  // namespace casement

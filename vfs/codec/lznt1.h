// SPDX-License-Identifier: Apache-2.0
// LZNT1, the compression of NTFS compression units and of some hive and registry data.
#pragma once

#include <cstddef>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Decompresses one LZNT1 stream (a compression unit) into `out`; what the stream does not fill is
/// zeroed. Gives how many bytes were decoded. Every chunk starts at a multiple of 4096 of `out`, as
/// Windows places them. corrupt: a token that reaches before its chunk, a chunk that decodes to
/// more than 4096 bytes, a chunk larger than its stream; `out` then holds what was decoded before
/// it, and zeros. Precondition: the two do not overlap.
/// Sources: libfwnt's description of LZNT1; MS-XCA 2.5.
Result<std::size_t> decompress_lznt1(Bytes in, MutableBytes out);

}  // namespace casement

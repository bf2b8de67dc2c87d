// SPDX-License-Identifier: Apache-2.0
// Zstandard as disk images store clusters: a known number of plain bytes.
#pragma once

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Fills `out` exactly from one or more frames; what follows them in `in` is padding and ignored.
/// Needs no memory besides the decoder's own state, whatever window a frame asks for. corrupt: no
/// such frames, frames that hold less, or a frame that holds more than is wanted.
/// Source: RFC 8878.
Result<void> decompress_zstd_exactly(Bytes in, MutableBytes out);

}  // namespace casement

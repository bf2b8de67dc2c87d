// SPDX-License-Identifier: Apache-2.0
// LZX as WIM resources and WOF streams have it: chunks that know nothing of each other.
#pragma once

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Fills `out` exactly. `window_order`: 15 to 21, of which 2^order is the size of the largest
/// chunk. Needs 40 KiB of stack and allocates nothing. corrupt: `in` is no chunk of out.size()
/// plain bytes; `out` then holds anything. An input that ends early is one that zeros follow, as
/// wimlib has it. Precondition: out.size() <= 2^order. Sources: Microsoft LZX data compression
/// format, [MS-PATCH] 2; wimlib's lzx_constants.h and lzx_common.c for what is different in WIM
/// files.
Result<void> decompress_lzx(unsigned window_order, Bytes in, MutableBytes out);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// XPRESS with Huffman codes, as WIM resources and WOF streams have it.
#pragma once

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// Fills `out` exactly. Needs 15 KiB of stack and allocates nothing. corrupt: `in` is no chunk of
/// out.size() plain bytes; `out` then holds anything. An input that ends early is one that zeros
/// follow, as wimlib has it. Precondition: out.size() <= 65536.
/// Source: MS-XCA 2.2.
Result<void> decompress_xpress(Bytes in, MutableBytes out);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The symbols of one verbatim or aligned LZX block.
#pragma once

#include <cstddef>

#include "vfs/codec/bit_input.h"
#include "vfs/codec/lzx_codes.h"
#include "vfs/codec/lzx_recent_offsets.h"
#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement::detail::lzx {

/// How far a chunk is decoded. A plain value: see BitInput.
struct Progress {
  BitInput input;
  std::byte* to;  // the next byte of the chunk
  RecentOffsets recent = {};
};

/// Decodes `size` bytes of `chunk` from progress.to on. corrupt: a match that reaches before the
/// chunk or beyond the block. Precondition: the chunk has so many bytes left.
Result<void> decode_block(const Codes& codes, BlockType type, Progress& progress,
                          MutableBytes chunk, std::size_t size);

}  // namespace casement::detail::lzx

// SPDX-License-Identifier: Apache-2.0
// The reading loop of every format that maps a virtual disk block by block.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "vfs/core/byte_source.h"
#include "vfs/core/zero_fill.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// Where a run of a virtual disk's bytes comes from.
struct Piece {
  std::uint64_t length = 0;            // bytes; not 0, and not more than was asked for
  const ByteSource* source = nullptr;  // null, and no block: zeros
  std::uint64_t offset = 0;            // bytes, within the source or the block
  BlockPtr block = nullptr;            // decoded bytes; holds offset + length of them
};

/// What a parent shows at `offset`: zeros past its end, and everywhere when there is none.
inline Piece parent_piece(const ByteSource* parent, std::uint64_t offset, std::uint64_t length) {
  if (parent == nullptr || offset >= parent->size()) {
    return {.length = length};
  }
  return {.length = std::min(length, parent->size() - offset), .source = parent, .offset = offset};
}

/// `size` bytes of `file` from `offset`, kept in `cache` under `owner`: parts of tables. A hit
/// allocates nothing. truncated: they are not in the file.
Result<BlockPtr> read_cached(BlockCache& cache, std::uint64_t owner, const ByteSource& file,
                             std::uint64_t offset, std::uint64_t size);

/// Fills `out` from `offset` of a virtual disk. `find(offset, wanted)` gives the Piece there;
/// pieces that lie one after another in one source become one read.
template <class Find>
Result<void> read_pieces(std::uint64_t offset, MutableBytes out, const Find& find) {
  if (out.empty()) {
    return {};
  }
  Piece piece = CASEMENT_TRY(find(offset, std::uint64_t{out.size()}));
  while (true) {
    Piece next;
    while (piece.length < out.size()) {
      next = CASEMENT_TRY(find(offset + piece.length, out.size() - piece.length));
      const bool continues =
          !piece.block && !next.block && piece.source == next.source &&
          (piece.source == nullptr || piece.offset + piece.length == next.offset);
      if (!continues) {
        break;
      }
      piece.length += next.length;
    }
    const MutableBytes part = out.first(static_cast<std::size_t>(piece.length));
    if (piece.block) {
      std::memcpy(part.data(), piece.block->data() + piece.offset, part.size());
    } else if (piece.source != nullptr) {
      CASEMENT_TRY(piece.source->read(piece.offset, part));
    } else {
      zero_fill(part);
    }
    out = out.subspan(part.size());
    if (out.empty()) {
      return {};
    }
    offset += part.size();
    piece = std::move(next);
  }
}

}  // namespace casement

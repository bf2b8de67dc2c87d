// SPDX-License-Identifier: Apache-2.0
// Pieces of a source kept in memory: for tables and directories that are read entry by entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// Reads a source in aligned pieces of one size and keeps the latest. Thread-safe.
class PieceCache {
 public:
  /// Precondition: `piece_size` is not 0.
  PieceCache(SourcePtr source, std::uint32_t piece_size, std::uint64_t max_bytes);

  const SourcePtr& source() const noexcept { return source_; }
  std::uint32_t piece_size() const noexcept { return piece_size_; }

  /// The bytes from index * piece_size() on; the last piece is as short as the source ends.
  /// truncated: the source ends before it.
  Result<BlockPtr> piece(std::uint64_t index) const;

 private:
  SourcePtr source_;
  std::uint32_t piece_size_;
  mutable BlockCache cache_;
};

using PieceCachePtr = std::shared_ptr<const PieceCache>;

/// Reads small ranges through a PieceCache and holds on to the piece that it used last, so that a
/// run of neighbouring ranges costs one look into the cache. Belongs to one thread.
class PieceReader {
 public:
  explicit PieceReader(PieceCachePtr cache) : cache_(std::move(cache)) {}

  /// Valid until the next call. When a piece cannot be read whole, the range alone is tried: a bad
  /// sector does not take its neighbours along.
  Result<Bytes> bytes(std::uint64_t offset, std::size_t length);

 private:
  /// Makes the piece the held one; false when it cannot be read.
  bool hold(std::uint64_t index);

  PieceCachePtr cache_;
  BlockPtr held_;  // null: the piece could not be read
  std::uint64_t held_index_ = ~std::uint64_t{0};
  std::vector<std::byte> direct_;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Aligned reads, and small ranges out of them.
#include "vfs/source/cluster/piece_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace casement {

PieceCache::PieceCache(SourcePtr source, std::uint32_t piece_size, std::uint64_t max_bytes)
    : source_(std::move(source)), piece_size_(piece_size), cache_(max_bytes) {}

Result<BlockPtr> PieceCache::piece(std::uint64_t index) const {
  const std::uint64_t size = source_->size();
  if (size == 0 || index > (size - 1) / piece_size_) {
    return fail(Status::truncated,
                fmt::format("{}: piece {} of 0x{:x} bytes lies behind the end at 0x{:x}",
                            source_->describe(), index, piece_size_, size));
  }
  return cache_.get({0, index}, [&]() -> Result<std::vector<std::byte>> {
    const std::uint64_t start = index * piece_size_;
    std::vector<std::byte> bytes(std::min<std::uint64_t>(piece_size_, size - start));
    CASEMENT_TRY(source_->read(start, bytes));
    return bytes;
  });
}

bool PieceReader::hold(std::uint64_t index) {
  if (index != held_index_) {
    auto piece = cache_->piece(index);
    held_ = piece ? *std::move(piece) : nullptr;
    held_index_ = index;
  }
  return held_ != nullptr;
}

Result<Bytes> PieceReader::bytes(std::uint64_t offset, std::size_t length) {
  const std::uint64_t within = offset % cache_->piece_size();
  if (hold(offset / cache_->piece_size()) && in_range(held_->size(), within, length)) {
    return Bytes(*held_).subspan(within, length);
  }
  direct_.resize(length);
  CASEMENT_TRY(cache_->source()->read(offset, direct_));
  return Bytes(direct_);
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// From an offset of the medium to a chunk.
#include "vfs/container/ewf/ewf_source.h"

#include <algorithm>
#include <vector>

#include "vfs/container/piece_reader.h"

namespace casement {

Result<std::vector<std::byte>> EwfSource::read_chunk(std::uint64_t index) const {
  const std::uint64_t chunk_size = handle_->facts().chunk_size;
  const std::uint64_t left = size() - index * chunk_size;  // the chunk begins within the medium
  std::vector<std::byte> chunk(static_cast<std::size_t>(std::min(chunk_size, left)));
  CASEMENT_TRY(handle_->read_chunk(index, chunk).with_context([this] { return name_; }));
  return chunk;
}

Result<void> EwfSource::do_read(std::uint64_t offset, MutableBytes out) const {
  return read_pieces(
      offset, out, [this](std::uint64_t from, std::uint64_t wanted) -> Result<Piece> {
        const std::uint64_t chunk_size = handle_->facts().chunk_size;
        const std::uint64_t index = from / chunk_size;
        BlockPtr chunk = CASEMENT_TRY(
            cache_->get({owner_, index}, [this, &index] { return read_chunk(index); }));
        const std::uint64_t within = from % chunk_size;
        const std::uint64_t length = std::min<std::uint64_t>(wanted, chunk->size() - within);
        return Piece{.length = length, .offset = within, .block = std::move(chunk)};
      });
}

}  // namespace casement

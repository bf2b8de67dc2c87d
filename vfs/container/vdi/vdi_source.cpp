// SPDX-License-Identifier: Apache-2.0
// From an offset of the disk to a block, by the block map.
#include "vfs/container/vdi/vdi_source.h"

#include <algorithm>
#include <span>

#include "vfs/container/vdi/vdi_layout.h"

namespace casement {

Result<SourcePtr> VdiSource::open(const VdiHeader& header, SourcePtr file, SourcePtr parent) {
  std::vector<le32> map(header.block_count);
  CASEMENT_TRY(
      file->read(header.map_offset, std::as_writable_bytes(std::span(map))).with_context([] {
        return "VDI block map";
      }));
  return SourcePtr(new VdiSource(header, std::move(file), std::move(parent), std::move(map)));
}

Result<void> VdiSource::do_read(std::uint64_t offset, MutableBytes out) const {
  return read_pieces(offset, out, [this](std::uint64_t from, std::uint64_t wanted) {
    return Result<Piece>(find(from, wanted));
  });
}

Piece VdiSource::find(std::uint64_t offset, std::uint64_t wanted) const noexcept {
  const std::uint64_t within = offset % header_.block_size;
  const std::uint64_t length = std::min(wanted, header_.block_size - within);
  const std::uint32_t entry = map_[static_cast<std::size_t>(offset / header_.block_size)].value();
  if (entry == vdi_layout::free_block) {
    return parent_piece(parent_.get(), offset, length);
  }
  if (entry == vdi_layout::zero_block) {
    return {.length = length};
  }
  // 32 bits times 31 bits, and two of 32: cannot wrap.
  const std::uint64_t stored = std::uint64_t{header_.block_size} + header_.block_extra;
  const std::uint64_t start = header_.data_offset + entry * stored + header_.block_extra;
  return {.length = length, .source = file_.get(), .offset = start + within};
}

}  // namespace casement

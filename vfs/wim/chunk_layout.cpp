// SPDX-License-Identifier: Apache-2.0
// Chunk tables: sizes before contents, every entry checked.
#include "vfs/wim/chunk_layout.h"

#include <fmt/format.h>

#include <cstring>

namespace casement::wim {
namespace {

/// From this plain size on, offsets have 64 bits.
constexpr std::uint64_t large_resource = std::uint64_t{1} << 32;
/// LZMS' largest chunk; the other compressions have smaller ones, which the codec checks.
constexpr std::uint32_t max_chunk_size = 1U << 30;

struct TableShape {
  std::uint32_t entry_size = sizeof(std::uint32_t);
  std::uint64_t entry_count = 0;
  std::uint32_t header_size = 0;        // of the resource
  std::uint32_t chunk_header_size = 0;  // of each chunk
};

TableShape shape_of(ChunkTableKind kind, std::uint64_t size, std::uint64_t chunk_count) noexcept {
  TableShape shape;
  if (kind == ChunkTableKind::solid) {
    shape.entry_count = chunk_count;
    shape.header_size = sizeof(wim_layout::SolidHeader);
    return shape;
  }
  // The first chunk's offset is 0 and left out.
  shape.entry_count = chunk_count - 1;
  if (size >= large_resource) {
    shape.entry_size = sizeof(std::uint64_t);
  }
  if (kind == ChunkTableKind::trailing) {
    shape.chunk_header_size = sizeof(wim_layout::PipableChunkHeader);
  }
  return shape;
}

}  // namespace

std::uint32_t ChunkLayout::plain_size(std::uint64_t index) const noexcept {
  return index + 1 == chunk_count ? static_cast<std::uint32_t>(size - index * chunk_size)
                                  : chunk_size;
}

Result<ChunkLayout> ChunkLayout::make(const ResourceLocation& location,
                                      const ResourceFormat& format) {
  if (location.size == 0 || format.chunk_size == 0 || format.chunk_size > max_chunk_size) {
    return fail(Status::corrupt,
                fmt::format("{} plain bytes in chunks of {}, expected some in chunks of 1 to {}",
                            location.size, format.chunk_size, max_chunk_size));
  }
  ChunkLayout layout;
  layout.size = location.size;
  layout.chunk_size = format.chunk_size;
  layout.chunk_count = (location.size - 1) / format.chunk_size + 1;
  // No chunk takes less than a byte. This bounds the products below, too: stored sizes have 56
  // bits.
  if (layout.chunk_count > location.stored_size) {
    return fail(Status::corrupt,
                fmt::format("{} bytes cannot hold {} chunks of {} plain bytes",
                            location.stored_size, layout.chunk_count, location.size));
  }
  const TableShape shape = shape_of(format.table, location.size, layout.chunk_count);
  layout.entry_size = shape.entry_size;
  layout.chunk_header_size = shape.chunk_header_size;
  layout.table_size = shape.entry_count * shape.entry_size;
  const std::uint64_t overhead =
      shape.header_size + layout.table_size + layout.chunk_count * shape.chunk_header_size;
  if (!in_range(location.stored_size, overhead, layout.chunk_count)) {
    return fail(Status::corrupt,
                fmt::format("{} bytes, but its chunk table takes {} and there are {} chunks",
                            location.stored_size, overhead, layout.chunk_count));
  }
  layout.packed_size = location.stored_size - overhead;
  if (format.table == ChunkTableKind::trailing) {
    layout.table_offset = location.stored_size - layout.table_size;
  } else {
    layout.table_offset = shape.header_size;
    layout.chunks_offset = shape.header_size + layout.table_size;
  }
  return layout;
}

std::uint64_t ChunkOffsets::entry(std::uint64_t number) const noexcept {
  const auto offset = static_cast<std::size_t>((number - first_entry_) * layout_.entry_size);
  return layout_.entry_size == sizeof(std::uint64_t) ? get_le<std::uint64_t>(entries_, offset)
                                                     : get_le<std::uint32_t>(entries_, offset);
}

Result<ChunkPlace> ChunkOffsets::find(std::uint64_t index) const {
  const std::uint64_t start = index == 0 ? 0 : entry(index - 1);
  const std::uint64_t end = index + 1 == layout_.chunk_count ? layout_.packed_size : entry(index);
  return place_chunk(layout_, index, start, end);
}

Result<ChunkPlace> place_chunk(const ChunkLayout& layout, std::uint64_t index, std::uint64_t start,
                               std::uint64_t end) {
  const std::uint32_t plain_size = layout.plain_size(index);
  if (start >= end || end > layout.packed_size || end - start > plain_size) {
    return fail(Status::corrupt,
                fmt::format("chunk {} of {} from 0x{:x} to 0x{:x}, expected 1 to "
                            "{} bytes before 0x{:x}",
                            index, layout.chunk_count, start, end, plain_size, layout.packed_size));
  }
  return ChunkPlace{.offset = layout.chunks_offset + start + (index + 1) * layout.chunk_header_size,
                    .stored_size = static_cast<std::uint32_t>(end - start),
                    .plain_size = plain_size};
}

Result<std::vector<std::byte>> sum_chunk_sizes(ChunkLayout& layout, Bytes table) {
  std::vector<std::byte> offsets(static_cast<std::size_t>(layout.chunk_count - 1) * sizeof(le64));
  std::uint64_t end = 0;  // cannot overflow: 32-bit sizes, fewer than 2^56 of them
  for (std::uint64_t index = 0; index < layout.chunk_count; ++index) {
    end += get_le<std::uint32_t>(table, static_cast<std::size_t>(index) * sizeof(le32));
    if (index + 1 < layout.chunk_count) {
      const le64 stored(end);
      std::memcpy(offsets.data() + index * sizeof(stored), &stored, sizeof(stored));
    }
  }
  if (end > layout.packed_size) {
    return fail(Status::corrupt,
                fmt::format("its chunks take {} bytes by their table, but {} are there", end,
                            layout.packed_size));
  }
  layout.packed_size = end;
  layout.entry_size = sizeof(le64);
  return offsets;
}

}  // namespace casement::wim

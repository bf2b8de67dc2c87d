// SPDX-License-Identifier: Apache-2.0
// Where the chunks of a compressed resource lie in it.
#pragma once

#include <cstdint>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"
#include "vfs/wim/part_header.h"

namespace casement::wim {

/// How a resource's chunk table is stored.
enum class ChunkTableKind : std::uint8_t {
  leading,   // offsets, in front of the chunks
  trailing,  // offsets, behind the chunks; each chunk has a header (pipable files)
  solid      // sizes, behind the header of a solid resource
};

/// How a resource is packed.
struct ResourceFormat {
  Compression compression = Compression::none;
  std::uint32_t chunk_size = 0;  // bytes, plain
  ChunkTableKind table = ChunkTableKind::leading;

  friend bool operator==(const ResourceFormat&, const ResourceFormat&) = default;
};

/// One chunk.
struct ChunkPlace {
  std::uint64_t offset = 0;  // in the resource
  std::uint32_t stored_size = 0;
  std::uint32_t plain_size = 0;

  /// A chunk that did not shrink is stored as it is.
  bool is_raw() const noexcept { return stored_size == plain_size; }
};

/// The parts of a compressed resource. Everything fits: the table and a byte for each chunk lie in
/// the resource, so that its plain size is bounded by what is really stored.
struct ChunkLayout {
  std::uint64_t size = 0;  // bytes, plain; not 0
  std::uint32_t chunk_size = 0;
  std::uint64_t chunk_count = 0;
  std::uint32_t entry_size = 0;         // of the table
  std::uint64_t table_offset = 0;       // in the resource
  std::uint64_t table_size = 0;         // bytes
  std::uint64_t chunks_offset = 0;      // in the resource
  std::uint64_t packed_size = 0;        // bytes of all chunks without their headers
  std::uint32_t chunk_header_size = 0;  // in front of each chunk

  /// Of any chunk but the last one it is chunk_size. Precondition: index < chunk_count.
  std::uint32_t plain_size(std::uint64_t index) const noexcept;

  /// corrupt: a table that does not fit, chunk sizes that cannot be. Precondition: the resource is
  /// compressed.
  static Result<ChunkLayout> make(const ResourceLocation& location, const ResourceFormat& format);
};

/// A run of entries of a table of offsets; looks into bytes that somebody else owns.
class ChunkOffsets {
 public:
  /// `entries` begin with the table's entry `first_entry`: the offset of chunk `first_entry` + 1.
  ChunkOffsets(const ChunkLayout& layout, Bytes entries, std::uint64_t first_entry) noexcept
      : layout_(layout), entries_(entries), first_entry_(first_entry) {}

  /// corrupt: offsets that are not in order or not in the resource. Precondition: index <
  /// chunk_count, and the entries around it are there.
  Result<ChunkPlace> find(std::uint64_t index) const;

 private:
  std::uint64_t entry(std::uint64_t number) const noexcept;

  const ChunkLayout& layout_;
  Bytes entries_;
  std::uint64_t first_entry_;
};

/// A chunk from `start` to `end` of the packed bytes; corrupt when that cannot be.
Result<ChunkPlace> place_chunk(const ChunkLayout& layout, std::uint64_t index, std::uint64_t start,
                               std::uint64_t end);

/// Turns the sizes of a solid resource's table into offsets of 64 bits, and sets `layout` to them.
/// corrupt: chunks that are larger than the resource.
Result<std::vector<std::byte>> sum_chunk_sizes(ChunkLayout& layout, Bytes table);

}  // namespace casement::wim

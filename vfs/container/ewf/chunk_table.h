// SPDX-License-Identifier: Apache-2.0
// One table: where the chunks of a part of the medium lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/container/ewf/section.h"
#include "vfs/core/endian.h"

namespace casement {

/// Where a chunk lies in its segment.
struct EwfChunkPlace {
  std::uint32_t segment = 0;         // index
  std::uint64_t offset = 0;          // bytes; may be anywhere
  std::optional<std::uint64_t> end;  // behind offset: the chunk ends here or before
  bool is_compressed = false;
};

/// The entries as they are stored, four bytes each: an image of 2 TiB has 64 million.
class ChunkTable {
 public:
  struct Owner {
    std::uint32_t segment = 0;   // index
    std::uint64_t data_end = 0;  // where the chunks of the table end
  };

  ChunkTable(Owner owner, std::uint64_t base_offset, std::vector<le32> entries);

  /// Entries, and the bytes that they take.
  std::size_t size() const noexcept { return entries_.size(); }
  std::uint64_t byte_size() const noexcept { return size() * sizeof(le32); }

  /// The next entry says where a chunk ends; in a damaged table it is not believed.
  void distrust_ends() noexcept { ends_are_known_ = false; }

  /// Precondition: index < size().
  EwfChunkPlace place(std::size_t index) const noexcept;

 private:
  std::uint64_t offset_of(std::size_t index) const noexcept;

  Owner owner_;
  std::uint64_t base_offset_;
  /// From this entry on all 32 bits are offset and chunks are plain: EnCase 6.7.1.
  std::size_t wide_from_;
  std::vector<le32> entries_;
  bool ends_are_known_ = true;
};

/// What there is of a table.
struct ReadTable {
  std::optional<ChunkTable> table;  // nullopt: nothing of it can be used
  std::optional<Error> damage;      // what is wrong with it; truncated: the segment ends within it
};

/// Reads a `table` or `table2` section. limit_exceeded: its entries take more than `max_size`
/// bytes.
Result<ReadTable> read_table(const ByteSource& segment, const EwfSection& section,
                             ChunkTable::Owner owner, std::uint64_t max_size);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Where every chunk of the medium lies, over all segments.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/container/ewf/chunk_table.h"

namespace casement {

/// All tables in the order of the medium.
class ChunkIndex {
 public:
  /// nullopt: no table has the chunk.
  std::optional<EwfChunkPlace> find(std::uint64_t chunk) const;

  /// Chunks in the tables.
  std::uint64_t size() const noexcept;

  /// A run of chunks that no table has.
  struct Hole {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
  };
  std::vector<Hole> holes(std::uint64_t chunk_count) const;

 private:
  friend class ChunkIndexBuilder;
  struct Run {
    std::uint64_t first_chunk = 0;
    ChunkTable table;
  };

  std::vector<Run> runs_;
};

/// Takes the tables as the segments have them. Tables do not say which chunks they are about: they
/// follow each other, and where one is lost, those behind it can only be counted from the end.
class ChunkIndexBuilder {
 public:
  void add(ChunkTable table);

  /// Something is lost here, and nobody knows how many chunks.
  void add_gap();

  /// What is before the first gap; and what is behind the last one when `is_complete` says that the
  /// end of the medium was seen. The chunks of tables with a gap on both sides are nowhere.
  ChunkIndex finish(std::uint64_t chunk_count, bool is_complete) &&;

 private:
  std::vector<std::vector<ChunkTable>> parts_ = std::vector<std::vector<ChunkTable>>(1);
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Tables one after another, with gaps.
#include "vfs/container/ewf/chunk_index.h"

#include <algorithm>
#include <utility>

namespace casement {

std::optional<EwfChunkPlace> ChunkIndex::find(std::uint64_t chunk) const {
  auto run = std::ranges::upper_bound(runs_, chunk, {}, &Run::first_chunk);
  if (run == runs_.begin()) {
    return std::nullopt;
  }
  --run;
  const std::uint64_t index = chunk - run->first_chunk;
  if (index >= run->table.size()) {
    return std::nullopt;
  }
  return run->table.place(static_cast<std::size_t>(index));
}

std::uint64_t ChunkIndex::size() const noexcept {
  std::uint64_t count = 0;
  for (const Run& run : runs_) {
    count += run.table.size();
  }
  return count;
}

std::vector<ChunkIndex::Hole> ChunkIndex::holes(std::uint64_t chunk_count) const {
  std::vector<Hole> holes;
  std::uint64_t expected = 0;
  for (const Run& run : runs_) {
    if (run.first_chunk > expected) {
      holes.push_back({expected, run.first_chunk - expected});
    }
    expected = run.first_chunk + run.table.size();
  }
  if (expected < chunk_count) {
    holes.push_back({expected, chunk_count - expected});
  }
  return holes;
}

void ChunkIndexBuilder::add(ChunkTable table) {
  if (table.size() != 0) {
    parts_.back().push_back(std::move(table));
  }
}

void ChunkIndexBuilder::add_gap() {
  if (!parts_.back().empty() || parts_.size() == 1) {
    parts_.emplace_back();
  }
}

ChunkIndex ChunkIndexBuilder::finish(std::uint64_t chunk_count, bool is_complete) && {
  ChunkIndex index;
  std::uint64_t next = 0;
  const auto take = [&](std::vector<ChunkTable>& part) {
    for (ChunkTable& table : part) {
      const std::uint64_t count = table.size();
      index.runs_.push_back({next, std::move(table)});
      next += count;
    }
  };
  take(parts_.front());
  if (parts_.size() > 1 && is_complete) {
    std::uint64_t count = 0;
    for (const ChunkTable& table : parts_.back()) {
      count += table.size();
    }
    if (next <= chunk_count && count <= chunk_count - next) {
      next = chunk_count - count;
      take(parts_.back());
    }
  }
  return index;
}

}  // namespace casement

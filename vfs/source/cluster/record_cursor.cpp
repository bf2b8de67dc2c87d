// SPDX-License-Identifier: Apache-2.0
// Stepping through runs.
#include "vfs/source/cluster/record_cursor.h"

#include <utility>

namespace casement {
namespace {

/// What cannot be read is given up by this much: the smallest unit that a disk loses.
constexpr std::uint64_t sector = 512;

}  // namespace

RecordCursor::RecordCursor(PieceCachePtr cache, std::vector<ByteRun> runs,
                           std::uint32_t record_size)
    : reader_(std::move(cache)), runs_(std::move(runs)), record_size_(record_size) {}

Result<std::optional<RecordCursor::Record>> RecordCursor::next() {
  while (run_ < runs_.size() && !in_range(runs_[run_].length, within_, record_size_)) {
    ++run_;
    within_ = 0;
  }
  if (run_ == runs_.size()) {
    return std::optional<Record>();
  }
  const std::uint64_t offset = runs_[run_].offset + within_;
  auto bytes = reader_.bytes(offset, record_size_);
  if (!bytes) {
    within_ += sector - within_ % sector;
    return std::unexpected(std::move(bytes).error());
  }
  within_ += record_size_;
  return std::optional(Record{offset, *bytes});
}

}  // namespace casement

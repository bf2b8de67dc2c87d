// SPDX-License-Identifier: Apache-2.0
// One record after another out of a directory that lies in pieces on its volume.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/source/cluster/piece_cache.h"

namespace casement {

/// Neighbouring bytes of a volume.
struct ByteRun {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  friend bool operator==(const ByteRun&, const ByteRun&) = default;
};

/// Gives the records of a list of runs. Belongs to one thread.
class RecordCursor {
 public:
  struct Record {
    std::uint64_t offset = 0;  // on the volume
    Bytes bytes;               // valid until the next call of next()
  };

  /// Precondition: `record_size` is not 0; a rest of a run shorter than a record is left out.
  RecordCursor(PieceCachePtr cache, std::vector<ByteRun> runs, std::uint32_t record_size);

  /// The next record, or nullopt at the end. After an Error the next call goes on with the next
  /// sector.
  Result<std::optional<Record>> next();

 private:
  PieceReader reader_;
  std::vector<ByteRun> runs_;
  std::uint32_t record_size_;
  std::size_t run_ = 0;
  std::uint64_t within_ = 0;  // the run
};

}  // namespace casement

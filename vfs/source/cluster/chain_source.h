// SPDX-License-Identifier: Apache-2.0
// A file whose bytes lie in clusters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/source/cluster/record_cursor.h"

namespace casement {

struct ChainContent {
  std::vector<ByteRun> runs;  // on the volume
  std::uint64_t size = 0;     // of the file
  std::uint64_t valid = 0;    // bytes written so far; what follows is zeros and is not read
  /// Why the runs hold less than `valid`, where they do.
  std::optional<Error> lost;
  std::string name;  // for messages
};

/// A source of `content.size` bytes. Reading what no run holds fails with the status and the reason
/// in `lost` (corrupt when there is none) and the first position that is lost; what lies before it
/// stays readable.
SourcePtr make_chain_source(SourcePtr volume, ChainContent content);

}  // namespace casement

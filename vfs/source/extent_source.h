// SPDX-License-Identifier: Apache-2.0
// A source put together from ranges of others: split images, flat extents.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"

namespace casement {

/// One piece, `length` bytes of `source` from `offset`; zeros when `source` is null.
struct SourceExtent {
  std::uint64_t length = 0;
  SourcePtr source;
  std::uint64_t offset = 0;
};

/// The pieces one after another. truncated: a piece is not within its source. limit_exceeded: the
/// lengths do not sum up in 64 bits.
Result<SourcePtr> make_extent_source(std::vector<SourceExtent> extents, std::string name);

}  // namespace casement

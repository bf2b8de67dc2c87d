// SPDX-License-Identifier: Apache-2.0
// The content of a member, and what it costs to keep it.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"

namespace casement {

struct Unpacked {
  SourcePtr source;
  std::uint64_t in_memory = 0;  // bytes
  std::uint64_t spilled = 0;    // bytes in a temporary file
};

}  // namespace casement

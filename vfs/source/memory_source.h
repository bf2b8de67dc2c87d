// SPDX-License-Identifier: Apache-2.0
// Bytes in memory as a source.
#pragma once

#include <string>
#include <vector>

#include "vfs/core/byte_source.h"

namespace casement {

/// Owns `data`. Cannot fail to read.
SourcePtr make_memory_source(std::vector<std::byte> data, std::string name);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// A piece of a file whose bytes are gone.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/error.h"
#include "vfs/source/extent_source.h"

namespace casement {

/// `length` bytes that fail with `error` when they are read; their neighbours stay readable. `name`
/// is used in messages.
SourceExtent lost_extent(std::uint64_t length, Error error, std::string name);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The patch within a delta: literals, and matches with what the source and the target have before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement::detail::pa30 {

/// Exactly `target_size` bytes. What follows the last symbol is ignored. corrupt, truncated:
/// damage. unsupported: a table of moved parts of the source. limit_exceeded: too many codes.
/// Precondition: `target_size` is one that may be allocated; both sizes are below 2^62.
Result<std::vector<std::byte>> decode_patch(Bytes patch, Bytes source, std::uint64_t target_size);

}  // namespace casement::detail::pa30

// SPDX-License-Identifier: Apache-2.0
// Reading a file of an image whole, or through a digest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/image/image.h"
#include "vfs/core/digest.h"
#include "vfs/core/result.h"

namespace casement {

/// limit_exceeded: more than `max_size` bytes.
Result<std::vector<std::byte>> read_all(const ByteSource& source, std::uint64_t max_size);

/// The digest of all of it, read in pieces. `go_on` is asked before each; its error ends the work.
Result<std::vector<std::byte>> digest_of(const ByteSource& source, DigestKind kind,
                                         const std::function<Result<void>()>& go_on);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Reading through a run list, one read of the volume for each run.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"
#include "vfs/ntfs/run_list.h"

namespace casement::ntfs {

/// Fills `out` with the bytes from `offset` of a stream. Holes are zeros. corrupt: a part is not
/// mapped. Precondition: cluster_size is a power of two; offset + out.size() fits 63 bits.
Result<void> read_runs(const ByteSource& volume, std::uint32_t cluster_size, const RunList& runs,
                       std::uint64_t offset, MutableBytes out);

}  // namespace casement::ntfs

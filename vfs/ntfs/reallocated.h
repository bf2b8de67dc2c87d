// SPDX-License-Identifier: Apache-2.0
// Whether the clusters of a deleted file are still its own.
#pragma once

#include "vfs/ntfs/node.h"

namespace casement::ntfs {

/// Compares the clusters of a stream of `node`, which is not in use, with $Bitmap. Clusters that
/// are in use now were given to another file, and so their bytes are not those of this one: finding
/// "clusters-reallocated". Finding "bitmap-damaged": $Bitmap cannot tell. Reads only what it needs
/// of $Bitmap. Precondition: `chain` belongs to `node`.
void report_reallocated(const NtfsNode& node, const AttributeChain& chain);

}  // namespace casement::ntfs

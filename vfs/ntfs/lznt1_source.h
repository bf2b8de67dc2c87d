// SPDX-License-Identifier: Apache-2.0
// Streams with the compression of NTFS itself: units of 16 clusters, each LZNT1, raw or a hole.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"
#include "vfs/ntfs/node.h"

namespace casement::ntfs {

/// `runs` are those of `chain`. A unit whose LZNT1 data is damaged reads as what was decoded before
/// the damage and zeros, with the finding "lznt1-damaged". corrupt: an impossible compression unit.
/// Precondition: chain.head is compressed and not resident.
Result<SourcePtr> open_lznt1(const NtfsNode& node, const AttributeChain& chain, RunList runs);

}  // namespace casement::ntfs

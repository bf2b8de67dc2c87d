// SPDX-License-Identifier: Apache-2.0
// The value of an attribute as a source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/ntfs/node.h"

namespace casement::ntfs {

/// The plain bytes of an attribute: holes and everything past the valid size are zeros, LZNT1 is
/// decoded, EFS is not. Reads of clusters whose extent is missing fail (corrupt); bytes past the
/// allocated size are zeros (finding "stream-beyond-allocation"). The source is thread-safe and
/// stays usable after `node` is gone. corrupt: a compression unit that cannot be. unsupported:
/// another compression than LZNT1. Precondition: `chain` belongs to `node`.
Result<SourcePtr> open_attribute(const NtfsNode& node, const AttributeChain& chain);

/// The whole value. limit_exceeded: more than `max_size` bytes.
Result<std::vector<std::byte>> read_attribute(const NtfsNode& node, const AttributeChain& chain,
                                              std::uint64_t max_size);

}  // namespace casement::ntfs

// SPDX-License-Identifier: Apache-2.0
// The disk in a VHDX as a source.
#pragma once

#include <cstdint>

#include "vfs/container/vhdx/block_table.h"
#include "vfs/core/byte_source.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// What a disk is made of.
struct VhdxDisk {
  SourcePtr file;  // with its log replayed
  VhdxBlockTable table;
  VhdxMetadata metadata;
  SourcePtr parent;  // null: the disk has none
  BlockCachePtr cache;
  std::uint64_t owner = 0;  // for bitmaps in `cache`
};

/// Blocks whose bytes are not all within the file.
std::uint64_t count_truncated_blocks(const VhdxDisk& disk) noexcept;

/// Reads are split at blocks and, in partially present blocks, at runs of the sector bitmap. A
/// present block costs one read of the file; a partially present one also its part of the bitmap,
/// which is kept in the cache. truncated: a block lies past the end of the file. corrupt: an
/// impossible entry of the table. Damage of one block leaves the others readable.
SourcePtr make_vhdx_source(VhdxDisk disk);

}  // namespace casement

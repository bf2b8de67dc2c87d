// SPDX-License-Identifier: Apache-2.0
// The disk in a VHD as a source.
#pragma once

#include <cstdint>

#include "vfs/container/vhd/block_table.h"
#include "vfs/core/byte_source.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// The first `payload_size` bytes of `file` as a disk of `disk_size` bytes. The part of the disk
/// that a shorter file does not hold gives truncated, so that the rest stays readable.
SourcePtr make_fixed_vhd_source(SourcePtr file, std::uint64_t payload_size,
                                std::uint64_t disk_size);

/// What a dynamic or differencing disk is made of.
struct DynamicVhd {
  SourcePtr file;
  VhdBlockTable table;
  std::uint32_t block_shift = 0;
  std::uint64_t disk_size = 0;
  SourcePtr parent;  // null: absent blocks are zeros
  BlockCachePtr cache;
  std::uint64_t owner = 0;  // for bitmaps in `cache`
};

/// Blocks whose bytes are not all within the file.
std::uint64_t count_truncated_blocks(const DynamicVhd& vhd) noexcept;

/// Reads of present blocks of a disk without a parent cost one read of the file each; with a parent
/// the block's bitmap is read, too, and kept in the cache. truncated: a block lies past the end of
/// the file. corrupt: the table has no entry for a block.
SourcePtr make_dynamic_vhd_source(DynamicVhd vhd);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The metadata of a VHDX: size, blocks, sectors and parent of the disk.
#pragma once

#include <cstdint>
#include <optional>

#include "vfs/container/vhdx/parent_locator.h"
#include "vfs/container/vhdx/region_table.h"

namespace casement {

/// Items within their legal range.
struct VhdxMetadata {
  std::uint32_t block_shift = 0;          // log2 of the block size, 20 to 28
  std::uint32_t logical_sector_size = 0;  // 512 or 4096
  std::uint64_t disk_size = 0;            // bytes, a multiple of the sector size, not 0
  bool leave_allocated = false;           // a fixed disk
  bool has_parent = false;
  std::optional<std::uint32_t> physical_sector_size;
  std::optional<Guid> disk_id;
  std::optional<VhdxParentLocator> parent;  // always there when has_parent

  std::uint32_t block_size() const noexcept { return std::uint32_t{1} << block_shift; }

  /// truncated. corrupt: no "metadata", an item that is missing, twice there or impossible.
  /// unsupported: an item that we do not know is required, or another type of parent locator.
  static Result<VhdxMetadata> read(const ByteSource& source, const VhdxRegion& region);
};

}  // namespace casement

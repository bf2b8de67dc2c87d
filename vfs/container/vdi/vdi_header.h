// SPDX-License-Identifier: Apache-2.0
// The checked header of a VDI.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"

namespace casement {

enum class VdiType : std::uint8_t { dynamic, fixed, undo, differencing };

/// Every field within its legal range; the block map lies within the file and covers the disk.
struct VdiHeader {
  VdiType type = VdiType::dynamic;
  std::uint64_t disk_size = 0;    // bytes
  std::uint32_t block_size = 0;   // bytes; a multiple of 512, not 0
  std::uint32_t block_extra = 0;  // bytes before the data of each block
  std::uint32_t block_count = 0;  // that the disk needs
  std::uint64_t map_offset = 0;   // bytes
  std::uint64_t data_offset = 0;  // bytes
  std::uint32_t sector_size = 0;  // as stored; 0 in some images
  Guid id;
  Guid modified_id;
  Guid parent_id;
  Guid parent_modified_id;

  /// bad_format: no VDI signature. unsupported: another version, an unknown type. corrupt,
  /// truncated. limit_exceeded: a map larger than Limits::max_table_size.
  static Result<VdiHeader> read(const ByteSource& file, const Limits& limits);
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The checked first sector of a hive or of a log.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/filetime.h"

namespace casement {

enum class HiveFileKind : std::uint8_t { primary, old_log, new_log };

/// Every field within its legal range.
struct BaseBlock {
  bool checksum_valid = true;
  HiveFileKind kind = HiveFileKind::primary;
  std::uint32_t primary_sequence = 0;
  std::uint32_t secondary_sequence = 0;
  FileTime last_written;
  std::uint32_t major_version = 0;
  std::uint32_t minor_version = 0;
  std::uint32_t root_cell = 0;
  std::uint32_t bins_size = 0;  // bytes, a multiple of 4096, not 0
  std::uint32_t clustering_factor = 1;
  std::u16string file_name;
  bool written_by_offreg = false;

  bool sequences_equal() const noexcept { return primary_sequence == secondary_sequence; }

  /// bad_format: no "regf". truncated. unsupported: another version. corrupt: impossible fields.
  /// A wrong checksum is not an error: see checksum_valid.
  static Result<BaseBlock> read(const ByteSource& source);
};

}  // namespace casement

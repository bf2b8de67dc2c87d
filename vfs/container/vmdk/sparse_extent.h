// SPDX-License-Identifier: Apache-2.0
// The checked header of a sparse VMDK extent, whichever of the three kinds it is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"

namespace casement {

enum class VmdkSparseKind : std::uint8_t { hosted, cowd, se_sparse };

/// Every field within its legal range; the directory is read.
struct VmdkSparseExtent {
  VmdkSparseKind kind = VmdkSparseKind::hosted;
  std::uint64_t capacity = 0;           // bytes
  std::uint64_t grain_size = 0;         // bytes; a multiple of 512
  std::uint32_t entries_per_table = 0;  // of a grain table; not 0
  bool compressed = false;              // grains are zlib data behind a marker
  bool zeroed_grains = false;           // entry 1: zeros
  /// Where each grain table begins, in bytes; 0: it is not there. se_sparse entries that cannot be
  /// understood are kept as bad_table.
  std::vector<std::uint64_t> directory;
  std::uint64_t grains_offset = 0;  // bytes; se_sparse: entries count from here

  static constexpr std::uint64_t bad_table = ~std::uint64_t{0};

  std::uint32_t entry_size() const noexcept { return kind == VmdkSparseKind::se_sparse ? 8 : 4; }
  /// Bytes of the disk that one grain table is for.
  std::uint64_t coverage() const noexcept { return grain_size * entries_per_table; }

  /// nullopt: neither "KDMV" nor "COWD" nor seSparse. unsupported: versions that are not known, a
  /// journal that has to be replayed. corrupt, truncated; limit_exceeded: a directory larger than
  /// Limits::max_table_size.
  static Result<std::optional<VmdkSparseExtent>> read(const ByteSource& file, const Limits& limits,
                                                      Diagnostics& findings);
};

}  // namespace casement

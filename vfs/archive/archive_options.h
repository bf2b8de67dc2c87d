// SPDX-License-Identifier: Apache-2.0
// Bounds on what one archive may make us do.
#pragma once

#include <cstdint>

#include "vfs/core/limits.h"

namespace casement {

/// Defaults are generous for captures of real machines and small for bombs.
struct ArchiveOptions {
  Limits limits;
  /// Files and directories, those that are only implied by paths included. A Windows installation
  /// has about 400,000; the index takes some 150 bytes each.
  std::uint32_t max_entries = 1'000'000;
  /// Bytes of all stored names and link targets together.
  std::uint64_t max_name_bytes = std::uint64_t{256} << 20;
  /// Members up to this size are unpacked into memory, larger ones into a temporary file.
  std::uint64_t max_member_in_memory = std::uint64_t{16} << 20;
  /// Unpacked bytes that are kept in memory for one archive, beside what is in use.
  std::uint64_t max_kept_in_memory = std::uint64_t{64} << 20;
  /// Members up to this size are kept when the way to another one leads through them.
  std::uint64_t max_member_in_passing = std::uint64_t{1} << 20;
  /// Bytes in temporary files that are kept for one archive, and the most that one file may hold.
  std::uint64_t max_spilled = std::uint64_t{64} << 30;
  /// What an archive may unpack to, whatever its size ...
  std::uint64_t free_unpacked = std::uint64_t{1} << 30;
  /// ... and beyond that, for each of its bytes. xz and zstd reach 7,000 on disk images of zeros.
  std::uint64_t max_ratio = 10'000;
  /// How often the reading may begin again before the whole archive is unpacked in one pass.
  std::uint32_t max_rewinds = 2;
  /// Damaged headers after which the rest is given up.
  std::uint32_t max_damaged_headers = 100'000;
};

}  // namespace casement

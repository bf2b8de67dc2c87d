// SPDX-License-Identifier: Apache-2.0
// GUID partition tables: the primary one, and the backup at the end of the disk.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"

namespace casement {

/// One used entry. `last_lba` is inclusive and not before `first_lba`.
struct GptEntry {
  std::uint32_t number = 0;  // 1-based; unused entries count
  Guid type;
  Guid id;
  std::uint64_t first_lba = 0;
  std::uint64_t last_lba = 0;
  std::uint64_t attributes = 0;
  std::u16string name;
};

struct GptTable {
  std::uint32_t sector_size = 0;
  Guid disk_id;
  std::vector<GptEntry> entries;
};

/// Where to look.
struct GptQuery {
  std::span<const std::uint32_t> sector_sizes;  // the most likely first
  /// Last sector of the disk as a protective MBR gives it; where the backup may be.
  std::optional<std::uint64_t> last_sector;
  /// Whether a backup counts when there is no trace of a primary table: not on a disk that has been
  /// divided anew with an MBR.
  bool trust_backup = false;
};

/// The better of primary and backup table; findings say what is wrong with either. nullopt: there
/// is no GPT, or (finding "gpt-unreadable") nothing of it is usable.
std::optional<GptTable> read_gpt(const ByteSource& disk, const GptQuery& query,
                                 const Limits& limits, Diagnostics& diagnostics);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Partition tables of the MBR kind: four entries, and a chain of logical partitions.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"

namespace casement {

/// A used entry. `number`: slot 1 to 4, logical partitions from 5.
struct MbrEntry {
  std::uint32_t number = 0;
  std::uint8_t type = 0;
  bool active = false;
  bool logical = false;
  std::uint64_t first_sector = 0;  // from the start of the disk
  std::uint64_t sector_count = 0;  // not 0
};

/// What the first sector of a disk, or an extended boot record, says.
struct BootRecord {
  std::uint32_t disk_signature = 0;
  std::vector<MbrEntry> entries;  // well-formed ones, in slot order, extended partitions included
  std::vector<std::uint32_t> malformed;  // slots that are neither empty nor well-formed
  /// The last sector that a protective entry (type 0xEE) covers: the disk has, or had, a GPT.
  std::optional<std::uint64_t> protected_to;

  /// Two entries share sectors.
  bool overlaps() const noexcept;
};

/// nullopt: `sector` (512 bytes) does not end in 55 AA. An entry is well-formed when its status is
/// 0 or 0x80, and type, start and length are not 0.
std::optional<BootRecord> parse_boot_record(Bytes sector);

/// Follows every extended partition of `record`. Chains that loop, leave the disk or are too long
/// (Limits::max_logical_partitions) end there, with a finding.
std::vector<MbrEntry> read_logical_partitions(const ByteSource& disk, const BootRecord& record,
                                              std::uint32_t sector_size, const Limits& limits,
                                              Diagnostics& diagnostics);

}  // namespace casement

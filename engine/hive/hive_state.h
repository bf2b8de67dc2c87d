// SPDX-License-Identifier: Apache-2.0
// What opening a hive found out about its condition, and what its transaction logs gave.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/filetime.h"

namespace casement {

enum class HiveCondition : std::uint8_t {
  clean,      // valid base block, equal sequence numbers
  recovered,  // dirty, and its logs were applied in memory
  dirty,      // dirty, and no log could be applied: recent changes may be missing
};

enum class LogScheme : std::uint8_t { none, old_format, new_format };

/// What the base block says, and what the logs added.
struct HiveState {
  HiveCondition condition = HiveCondition::clean;
  bool base_block_valid = true;  // its checksum
  std::uint32_t primary_sequence = 0;
  std::uint32_t secondary_sequence = 0;
  std::uint32_t major_version = 0;
  std::uint32_t minor_version = 0;
  FileTime last_written;       // base block; frozen since Windows 8.1
  std::u16string stored_name;  // tail of the path that the hive had when it was saved
  bool written_by_offreg = false;
  std::uint64_t bins_size = 0;  // bytes of hive bins, after recovery

  LogScheme scheme = LogScheme::none;
  std::vector<std::string> logs_used;  // "LOG", "LOG1", "LOG2", in the order of application
  std::uint32_t entries_applied = 0;
  std::uint64_t pages_applied = 0;
  std::uint64_t bytes_applied = 0;
  std::uint32_t first_sequence = 0;  // of the entries applied (new format)
  std::uint32_t last_sequence = 0;
  Diagnostics diagnostics;
};

/// "clean", "recovered", "dirty".
const char* condition_name(HiveCondition condition) noexcept;

}  // namespace casement

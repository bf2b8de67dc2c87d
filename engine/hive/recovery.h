// SPDX-License-Identifier: Apache-2.0
// Which logs of a dirty hive are applied, in which order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/hive/hive_state.h"
#include "engine/hive/log_file.h"

namespace casement {

/// What lies in a hive's bins at file offset 4096, for the choice of an old log.
struct PrimaryFacts {
  std::optional<BaseBlock> base;  // nullopt: unreadable
  bool base_valid = false;        // readable, with a valid checksum
  FileTime first_bin_time;        // timestamp of the first bin, a copy of the base block's
};

/// What recovery does to the hive. Points into the LogFiles.
struct RecoveryPlan {
  LogScheme scheme = LogScheme::none;
  std::vector<const LogFile*> logs;                 // in the order of application
  std::vector<const LogTransaction*> transactions;  // likewise
  /// The log whose base block replaces the primary's.
  const LogFile* base_from = nullptr;
};

/// Chooses among the readable logs of a dirty hive, as Windows does: both new-format logs, then
/// one, then an old one. Reasons for logs that are left out go to `findings`. An empty plan: none
/// fits.
RecoveryPlan plan_recovery(const PrimaryFacts& primary, const std::vector<LogFile>& logs,
                           Diagnostics& findings);

}  // namespace casement

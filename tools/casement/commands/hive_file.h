// SPDX-License-Identifier: Apache-2.0
// A single hive file of the host, with the logs that lie beside it.
#pragma once

#include <string>

#include "engine/hive/hive.h"

namespace casement::cli {

/// Whether the source begins like a hive. False also for a source that cannot be read: opening it
/// then says why.
bool looks_like_hive(const ByteSource& source);

/// Opens `primary`, the file at `path`. Logs are the files of the same directory called as the hive
/// with .LOG, .LOG1 or .LOG2 added, without regard to case; one that cannot be read is warned of on
/// standard error. Errors as Hive::open.
Result<HivePtr> open_hive_file(const std::string& path, SourcePtr primary, bool with_logs);

/// Says on standard error what a reader of the output should know: recovered, dirty, findings.
/// `label` names the hive; `logs_left_out`: the caller asked for the raw state.
void say_hive_state(const Hive& hive, const std::string& label, bool logs_left_out);

/// "recovered from LOG1, LOG2 (24 entries, 312 pages)", "dirty, no log could be applied", "clean".
std::string hive_state_text(const HiveState& state);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// Completing a VHDX whose log was not written back, in memory.
#pragma once

#include <cstdint>
#include <vector>

#include "vfs/container/vhdx/log_entry.h"
#include "vfs/core/diagnostics.h"

namespace casement {

/// A file with its log applied.
struct VhdxReplay {
  SourcePtr bytes;                    // the file itself when there was nothing to replay
  std::vector<VhdxLogEntry> entries;  // what was replayed, oldest first
};

/// Replays the log that `header` names. A log that cannot be replayed is the error finding
/// "vhdx-log-not-replayed", and the file is used as it is: its last changes are missing. A file
/// that is shorter than the log says it was is the error finding "vhdx-truncated". io_failed from
/// below.
Result<VhdxReplay> replay_vhdx_log(const SourcePtr& file, const VhdxHeader& header,
                                   const Limits& limits, Diagnostics& diagnostics);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Which entries of a VHDX log are to be replayed.
#pragma once

#include <vector>

#include "vfs/container/vhdx/log_entry.h"

namespace casement {

/// The active sequence, oldest entry first: of the runs of valid entries with consecutive sequence
/// numbers whose last entry says that its tail is in the run, the one with the highest last number,
/// from that tail on. corrupt: there is no such run, or the log needs more work than its size
/// justifies.
Result<std::vector<VhdxLogEntry>> find_active_sequence(const VhdxLogRing& log);

}  // namespace casement

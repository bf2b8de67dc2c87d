// SPDX-License-Identifier: Apache-2.0
// The threads of a verification: one that reads, and those that decode and hash. Internal.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/wim/integrity.h"
#include "vfs/wim/verify_log.h"
#include "vfs/wim/verify_plan.h"

namespace casement::wim {

/// The integrity table of each part; nullopt: it has none that can be read. As many as parts.
using IntegrityTables = std::vector<std::optional<IntegrityTable>>;

/// Reads the parts one after the other and checks all that is planned; the findings go to `log`.
/// Ends early when the log is stopped. `watch` is called in the caller's thread every tenth of a
/// second while the others work. limit_exceeded: no threads can be started.
///
/// Memory, whatever the file says: 256 MiB of packed windows and 256 MiB of plain pieces that are
/// waiting to be hashed (or one of each, when a single chunk is larger); a few windows of 2 MiB and
/// pieces of 512 KiB in practice, because the queue is short.
Result<void> run_verify(const OpenedWim& file, const VerifyPlan& plan,
                        const IntegrityTables& tables, unsigned threads, VerifyLog& log,
                        const std::function<void()>& watch);

}  // namespace casement::wim

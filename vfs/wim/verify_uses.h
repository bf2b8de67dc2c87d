// SPDX-License-Identifier: Apache-2.0
// Which files use damaged blobs, and which name blobs that are not there. Internal to verify().
#pragma once

#include <functional>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/wim/opened_wim.h"
#include "vfs/wim/verify.h"
#include "vfs/wim/verify_log.h"

namespace casement::wim {

/// Walks the trees of all images, several at the same time. Adds the uses to `damaged`, and gives
/// the blobs that are missing. Of each blob 10,000 uses are told, of all together some 200,000 and
/// 64 MiB; the rest is counted. Metadata that several images have is walked once. Ends early when
/// `log` is stopped. `watch`: as of run_verify().
std::vector<DamagedBlob> find_uses(const OpenedWim& file, unsigned threads, VerifyLog& log,
                                   const std::function<void()>& watch,
                                   std::vector<DamagedBlob>& damaged, Diagnostics& findings);

}  // namespace casement::wim

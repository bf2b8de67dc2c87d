// SPDX-License-Identifier: Apache-2.0
// The error of an image without a Windows installation.
#pragma once

#include <string>
#include <vector>

#include "engine/image/candidates.h"
#include "engine/image/unreadable_installation.h"
#include "vfs/core/diagnostics.h"

namespace casement {

/// What was looked for, where, and what was found instead. access_denied when a directory could not
/// be read for lack of permission; unsupported when a volume is locked, which Windows may well be
/// on; else path_not_found. `rejected`: candidates without evidence. `unreadable`: what boot
/// entries say is there. `disks`: findings about virtual disks that boot entries name.
Error missing_installation(const OpenedImage& opened, const CandidateList& list,
                           const std::vector<Candidate>& rejected,
                           const std::vector<UnreadableInstallation>& unreadable,
                           const Diagnostics& disks);

}  // namespace casement

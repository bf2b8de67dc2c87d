// SPDX-License-Identifier: Apache-2.0
// One sequential pass over the MFT.
#pragma once

#include <memory>

#include "vfs/core/result.h"
#include "vfs/ntfs/scan_table.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

/// Reads every file in use, and with `deleted` those that are not, in large requests by a few
/// threads. The root is always in the table. Records that cannot be read are errors of the table.
/// limit_exceeded: too many files for a table.
Result<std::unique_ptr<const ScanTable>> read_scan_table(const NtfsVolumePtr& volume, bool deleted);

}  // namespace casement::ntfs

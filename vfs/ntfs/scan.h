// SPDX-License-Identifier: Apache-2.0
// The whole volume from one pass over the MFT.
#pragma once

#include <memory>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

/// Reads the MFT, then gives its files as a tree: the root's, then orphans, then errors.
///
/// A file with several names is given for each. A directory that is met again is given and
/// reported, not entered again; one that is Limits::max_path_depth deep is reported, not entered.
/// Directories that contain themselves are reported once and given as orphans. Errors: as
/// read_scan_table().
Result<std::unique_ptr<VolumeScan>> scan_volume(const NtfsVolumePtr& volume,
                                                const ScanOptions& options);

}  // namespace casement::ntfs

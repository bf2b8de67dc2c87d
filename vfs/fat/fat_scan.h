// SPDX-License-Identifier: Apache-2.0
// Every entry of a FAT volume, deleted ones as well, in one pass over its directories.
#pragma once

#include <memory>

#include "vfs/fat/fat_volume.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Each directory is read once, so that no entry costs a read of its own.
std::unique_ptr<VolumeScan> make_fat_scan(FatVolumePtr volume, const ScanOptions& options);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The scan of directories, given a FAT volume.
#include "vfs/fat/fat_scan.h"

#include <utility>

#include "vfs/fat/directory_reader.h"
#include "vfs/fs/directory_scan.h"

namespace casement {

std::unique_ptr<VolumeScan> make_fat_scan(FatVolumePtr volume, const ScanOptions& options) {
  using Scan = DirectoryScan<FatVolume, FatDirectoryReader>;
  return std::make_unique<Scan>(std::move(volume), options);
}

}  // namespace casement

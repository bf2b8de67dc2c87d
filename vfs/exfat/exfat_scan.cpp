// SPDX-License-Identifier: Apache-2.0
// The scan of directories, given an exFAT volume.
#include "vfs/exfat/exfat_scan.h"

#include <utility>

#include "vfs/exfat/directory_reader.h"
#include "vfs/fs/directory_scan.h"

namespace casement {

std::unique_ptr<VolumeScan> make_exfat_scan(ExfatVolumePtr volume, const ScanOptions& options) {
  using Scan = DirectoryScan<ExfatVolume, ExfatDirectoryReader>;
  return std::make_unique<Scan>(std::move(volume), options);
}

}  // namespace casement

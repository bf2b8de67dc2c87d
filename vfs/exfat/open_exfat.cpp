// SPDX-License-Identifier: Apache-2.0
// The two entries of this folder.
#include "vfs/exfat/open_exfat.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/exfat/boot_region.h"
#include "vfs/exfat/exfat_file_system.h"
#include "vfs/exfat/exfat_volume.h"

namespace casement {

Result<bool> probe_exfat(const ByteSource& volume) {
  return find_exfat_boot_sector(volume);
}

Result<FileSystemPtr> open_exfat(SourcePtr volume, const Limits& limits) {
  const std::string name = volume->describe();
  auto opened = CASEMENT_TRY(ExfatVolume::open(std::move(volume), limits).with_context([&] {
    return fmt::format("{}: exFAT volume", name);
  }));
  return std::make_shared<ExfatFileSystem>(std::move(opened));
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The two entries of this folder.
#include "vfs/fat/open_fat.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/fat/boot_sector.h"
#include "vfs/fat/fat_file_system.h"
#include "vfs/fat/fat_volume.h"

namespace casement {

Result<bool> probe_fat(const ByteSource& volume) {
  return find_boot_sector(volume);
}

Result<FileSystemPtr> open_fat(SourcePtr volume, const Limits& limits) {
  const std::string name = volume->describe();
  auto opened = CASEMENT_TRY(FatVolume::open(std::move(volume), limits).with_context([&] {
    return fmt::format("{}: FAT volume", name);
  }));
  return std::make_shared<FatFileSystem>(std::move(opened));
}

}  // namespace casement

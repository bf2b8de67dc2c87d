// SPDX-License-Identifier: Apache-2.0
// The entrance of this folder.
#include "vfs/ntfs/open_ntfs.h"

#include <utility>

#include "vfs/ntfs/boot_sector.h"
#include "vfs/ntfs/file_system.h"

namespace casement {

Result<bool> probe_ntfs(const ByteSource& volume) {
  return ntfs::claims_to_be_ntfs(volume);
}

Result<FileSystemPtr> open_ntfs(SourcePtr volume, const Limits& limits) {
  const std::string name = volume->describe();
  return FileSystemPtr(CASEMENT_TRY(
      ntfs::NtfsFileSystem::open(std::move(volume), limits).with_context([&] { return name; })));
}

}  // namespace casement

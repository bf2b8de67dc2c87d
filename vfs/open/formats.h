// SPDX-License-Identifier: Apache-2.0
// The one table of formats: what is tried, and in which order.
#pragma once

#include <span>

#include "vfs/container/container.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// One row. probe() reads only the magic: a damaged NTFS is still NTFS, and open() then says what
/// is wrong with it.
struct FileSystemFormat {
  const char* name;
  /// There is no magic: what other contents are known by comes first.
  bool weak;
  /// It may fill a disk that has a partition table as well, as media for disks and drives do.
  bool hybrid;
  Result<bool> (*probe)(const ByteSource& volume);
  Result<FileSystemPtr> (*open)(SourcePtr volume, const Limits& limits);
};

/// In the order in which they are asked. Raw disks have no row: they are what is left.
std::span<const ContainerFormat> container_formats() noexcept;
std::span<const FileSystemFormat> file_system_formats() noexcept;

}  // namespace casement

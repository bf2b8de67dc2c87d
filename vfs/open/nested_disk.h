// SPDX-License-Identifier: Apache-2.0
// Virtual disks on volumes of an image, opened beside what is there already.
#pragma once

#include <string>
#include <string_view>

#include "vfs/container/container.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/opener.h"

namespace casement {

/// A file of a volume as something to open: what lies beside it there (parents, parts) is found.
/// `path` leads from the root to the file, names as stored. Errors: those of FileSystem::open().
Result<ContainerFile> inner_container_file(const FileSystemPtr& file_system, NodeId file,
                                           std::u16string_view stream, std::u16string_view path,
                                           const Limits& limits);

/// Opens the file of `disk` as the image of a disk, and appends it, its layers and its volumes:
/// "partition 2 of \vm\win11.vhdx". One that cannot be opened is one volume with the reason:
/// "virtual disk \vm\win11.vhdx". Precondition: the volume of `disk` can be read.
void add_nested_disk(OpenedImage& image, NestedDisk disk, const Limits& limits);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Where the files beside an image are looked for.
#pragma once

#include <string>

#include "vfs/container/container.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// The host's directory `path`.
ImageFolderPtr make_host_folder(std::string path);

/// The directory `path` ("\images", UTF-16) of a file system that was opened: for images in images.
ImageFolderPtr make_inner_folder(FileSystemPtr file_system, std::u16string path,
                                 const Limits& limits);

/// Nothing is in it. For what is found inside a disk: the bytes of a guest must not choose files of
/// the host.
ImageFolderPtr make_no_folder();

}  // namespace casement

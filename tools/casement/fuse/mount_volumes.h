// SPDX-License-Identifier: Apache-2.0
// Which volumes of an image a mount shows, and how it calls them.
#pragma once

#include <cstddef>
#include <optional>

#include "tools/casement/fuse/symlink_target.h"
#include "vfs/fs/path_walker.h"
#include "vfs/open/opener.h"

namespace casement::cli {

/// The root of one volume as the root of the mount. `drives`: where the letters of the image's
/// Windows lead. A volume without a letter answers to C, unless another one does.
/// Precondition: it can be read.
MountLayout layout_of_volume(const OpenedImage& opened, const DriveMap& drives, std::size_t volume);

/// A directory for each volume that can be read: "C", "partition 3", "image 2". not_found: there is
/// none.
Result<MountLayout> layout_of_all(const OpenedImage& opened, const DriveMap& drives);

}  // namespace casement::cli

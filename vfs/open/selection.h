// SPDX-License-Identifier: Apache-2.0
// What a selector, or an inner path, means among the volumes of an image.
#pragma once

#include <string>

#include "vfs/core/result.h"
#include "vfs/open/image_path.h"
#include "vfs/open/opener.h"

namespace casement {

/// Sets OpenedImage::selected. "#1" of an image that is no WIM is the image itself, as DISM numbers
/// disks. not_found: no such partition or image; the message lists what there is.
/// invalid_argument: a name that means several images.
Result<void> select_volume(OpenedImage& image, const ImageStep& step);

/// The volume that an inner path is looked up on: the selected one, or the only one that can be
/// read; on installation media the medium itself. invalid_argument: several could be meant.
Result<FileSystemPtr> volume_for_inner_path(const OpenedImage& image, const std::string& inner);

}  // namespace casement

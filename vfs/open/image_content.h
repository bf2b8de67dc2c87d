// SPDX-License-Identifier: Apache-2.0
// What a file holds, whatever it is.
#pragma once

#include <string>

#include "vfs/container/container.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/opener.h"

namespace casement {

/// What every refusal of a file ends with.
extern const char* const accepted_images;

/// Appends the layers and volumes of a file: containers in each other, then the images of a WIM,
/// the tree of an archive, or partitions and file systems with the WIM on installation media.
/// `path` is what the first layer calls it. unsupported: nothing that can be opened; the message
/// says what the content looks like.
Result<void> add_content(OpenedImage& image, const ContainerFile& file, const std::string& path,
                         const Limits& limits);

}  // namespace casement

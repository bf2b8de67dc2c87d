// SPDX-License-Identifier: Apache-2.0
// A host directory as an image.
#pragma once

#include <string>

#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/opener.h"

namespace casement {

/// One volume, or one a drive when the directory is a collection (see collection.h). Errors: the
/// directory cannot be listed.
Result<OpenedImage> open_directory_image(const std::string& path, const Limits& limits);

}  // namespace casement

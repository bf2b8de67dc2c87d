// SPDX-License-Identifier: Apache-2.0
// Link targets that count from the root of an image.
#pragma once

#include "vfs/core/bytes.h"

namespace casement::wim {

/// Makes the substitute name of a symlink or mount point "\??\X:\path" the name "\path", by moving
/// its begin: the letter is the one of the machine where the image was captured, and tools that
/// capture with "rpfix" take the path behind it for one of the image. Changes nothing in other
/// buffers, damaged ones included.
void drop_target_drive(MutableBytes buffer);

}  // namespace casement::wim

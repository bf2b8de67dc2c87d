// SPDX-License-Identifier: Apache-2.0
// From the bytes of a disk to its volumes and their file systems.
#pragma once

#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/disk_stack.h"
#include "vfs/open/opener.h"

namespace casement {

/// Appends the layers and volumes of a disk. A volume that cannot be read stays in the list with
/// its reason. false: a raw file that is neither a disk nor a volume, as far as anyone can tell;
/// then nothing was added.
Result<bool> add_volumes(OpenedImage& image, DiskStack stack, const Limits& limits);

}  // namespace casement

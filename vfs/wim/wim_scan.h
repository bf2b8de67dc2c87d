// SPDX-License-Identifier: Apache-2.0
// Every entry of an image for callers.
#pragma once

#include <memory>

#include "vfs/fs/file_system.h"
#include "vfs/wim/tree_image.h"

namespace casement::wim {

/// One pass over the metadata, which is decoded in the background meanwhile. Deleted entries are
/// not kept in a WIM. Errors of next(): as TreePass::next(), and those of the blob table.
std::unique_ptr<VolumeScan> make_wim_scan(TreeImagePtr image);

}  // namespace casement::wim

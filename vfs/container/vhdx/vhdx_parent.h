// SPDX-License-Identifier: Apache-2.0
// Finding and opening the parent of a differencing VHDX.
#pragma once

#include "vfs/container/container.h"
#include "vfs/container/referenced_file.h"
#include "vfs/container/vhdx/parent_locator.h"

namespace casement {

/// The places that the locator gives: the relative path first, then the file names of the others.
SearchPaths vhdx_parent_paths(const VhdxParentLocator& locator);

/// Opens the parent into `opened`, whose disk is still to be made: adds its files and findings. Its
/// data-write GUID must be one of the linkages that the locator stores. not_found: no file is
/// there. corrupt: files are there, but none is the parent that the child was made from.
/// limit_exceeded: the chain is too long or loops.
Result<SourcePtr> open_vhdx_parent(const ContainerFile& child, const VhdxParentLocator& locator,
                                   const ContainerContext& context, OpenedContainer& opened);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Finding and opening the parent of a differencing VHD.
#pragma once

#include "vfs/container/container.h"
#include "vfs/container/referenced_file.h"
#include "vfs/container/vhd/dynamic_header.h"

namespace casement {

/// The places that the header's locators and its parent name give: the relative locator first, then
/// the file names of the others. Locators that cannot be read give findings.
SearchPaths vhd_parent_paths(const ByteSource& source, const VhdDynamicHeader& header,
                             Diagnostics& diagnostics);

/// Opens the parent into `opened`, whose disk is still to be made: adds its files and findings.
/// Among the files found, the one with the stored id wins; else the first that is a VHD, with the
/// finding "vhd-parent-mismatch". not_found: none is there; the message names the file and the
/// places. limit_exceeded: the chain is too long or loops.
Result<SourcePtr> open_vhd_parent(const ContainerFile& child, const VhdDynamicHeader& header,
                                  const ContainerContext& context, OpenedContainer& opened);

}  // namespace casement

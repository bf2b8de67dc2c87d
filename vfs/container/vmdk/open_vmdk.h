// SPDX-License-Identifier: Apache-2.0
// From a VMDK to its disk.
#pragma once

#include "vfs/container/container.h"

namespace casement {

/// The file begins with "KDMV", "COWD", the number of a seSparse extent or a descriptor's first
/// line.
Result<bool> probe_vmdk(const ContainerFile& file);

/// Opens the image, its extents and its parents. An extent of a split disk opens alone, with a
/// finding. bad_format; corrupt, truncated: a header or descriptor that cannot be used;
/// unsupported: raw devices, versions that are not known; not_found: an extent or a parent is not
/// there; limit_exceeded: see VmdkSparseExtent.
Result<OpenedContainer> open_vmdk(const ContainerFile& file, const ContainerContext& context);

/// The row of the table of formats.
inline constexpr ContainerFormat vmdk_format{"vmdk", probe_vmdk, open_vmdk};

}  // namespace casement

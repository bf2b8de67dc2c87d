// SPDX-License-Identifier: Apache-2.0
// From a VDI to its disk.
#pragma once

#include "vfs/container/container.h"

namespace casement {

/// The VDI signature at 0x40.
Result<bool> probe_vdi(const ContainerFile& file);

/// Opens the image and its parents. bad_format, unsupported, corrupt, truncated, limit_exceeded:
/// see VdiHeader. not_found: no image with the parent's number lies beside it, in the folder above
/// or in "Snapshots".
Result<OpenedContainer> open_vdi(const ContainerFile& file, const ContainerContext& context);

/// The row of the table of formats.
inline constexpr ContainerFormat vdi_format{"vdi", probe_vdi, open_vdi};

}  // namespace casement

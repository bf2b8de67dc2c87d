// SPDX-License-Identifier: Apache-2.0
// VHD images: fixed, dynamic and differencing disks of Virtual PC, Hyper-V and others.
#pragma once

#include "vfs/container/container.h"

namespace casement {

/// Whether the file has a VHD footer at its end, or the copy at its start. Raw disks have neither;
/// ask after formats with a signature at their start.
Result<bool> probe_vhd(const ContainerFile& file);

/// Opens the disk with its parents. bad_format: no footer. truncated, corrupt, unsupported: what
/// must be whole is not. not_found: a parent is missing. limit_exceeded: the block table is larger
/// than Limits::max_table_size, or the chain is too long. Wrong checksums, a missing footer, a
/// parent with another id and unreadable blocks are findings.
Result<OpenedContainer> open_vhd(const ContainerFile& file, const ContainerContext& context);

inline constexpr ContainerFormat vhd_format{"vhd", probe_vhd, open_vhd};

}  // namespace casement

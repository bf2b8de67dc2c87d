// SPDX-License-Identifier: Apache-2.0
// VHDX images: fixed, dynamic and differencing disks of Hyper-V.
#pragma once

#include "vfs/container/container.h"

namespace casement {

/// Whether the file begins with "vhdxfile".
Result<bool> probe_vhdx(const ContainerFile& file);

/// Opens the disk with its parents, logs replayed in memory. bad_format: no signature. truncated,
/// corrupt, unsupported: what must be whole is not. not_found: a parent is missing; corrupt: the
/// files that are there are not the parent. limit_exceeded: the block table is larger than
/// Limits::max_table_size, or the chain is too long. Damaged copies, a log that cannot be replayed,
/// a file that was cut off and unreadable blocks are findings.
Result<OpenedContainer> open_vhdx(const ContainerFile& file, const ContainerContext& context);

inline constexpr ContainerFormat vhdx_format{"vhdx", probe_vhdx, open_vhdx};

}  // namespace casement

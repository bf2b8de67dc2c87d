// SPDX-License-Identifier: Apache-2.0
// Finding the boot sector of a FAT volume: the first sector, or the backup that FAT32 keeps.
#pragma once

#include "vfs/core/byte_source.h"
#include "vfs/core/unique_findings.h"
#include "vfs/fat/geometry.h"

namespace casement {

/// The first sector of the volume, or, where that is damaged, the backup. Errors: those of
/// parse_boot_sector() for the first sector; what the volume gives.
Result<FatGeometry> read_boot_sector(const ByteSource& volume, UniqueFindings& findings);

/// The first sector, or the backup of a first sector that is no boot sector at all, claims to be
/// FAT.
Result<bool> find_boot_sector(const ByteSource& volume);

}  // namespace casement

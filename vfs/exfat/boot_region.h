// SPDX-License-Identifier: Apache-2.0
// The boot region of an exFAT volume and its backup.
#pragma once

#include "vfs/core/byte_source.h"
#include "vfs/core/unique_findings.h"
#include "vfs/exfat/geometry.h"

namespace casement {

/// The main region; or the backup, where the main one is damaged or its checksum is wrong and the
/// backup's is right. A wrong checksum alone is a finding. Errors: those of
/// parse_exfat_boot_sector() for the main region; what the volume gives.
Result<ExfatGeometry> read_exfat_boot_region(const ByteSource& volume, UniqueFindings& findings);

/// The main boot sector, or the backup of one that is no boot sector at all, claims to be exFAT.
Result<bool> find_exfat_boot_sector(const ByteSource& volume);

}  // namespace casement

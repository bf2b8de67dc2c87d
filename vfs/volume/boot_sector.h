// SPDX-License-Identifier: Apache-2.0
// Telling the boot sector of a volume from that of a disk.
#pragma once

#include <cstdint>
#include <optional>

#include "vfs/core/bytes.h"

namespace casement {

/// Bytes per sector as the boot sector of an NTFS, FAT, exFAT, ReFS or BitLocker volume gives them;
/// nullopt: `sector` (at least 512 bytes) is no such boot sector. Its fields are checked as far as
/// they tell a volume from boot code, not more.
std::optional<std::uint32_t> volume_sector_size(Bytes sector);

}  // namespace casement

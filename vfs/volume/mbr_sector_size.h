// SPDX-License-Identifier: Apache-2.0
// Sector size of an MBR disk, which its table does not say.
#pragma once

#include <cstdint>
#include <span>

#include "vfs/core/byte_source.h"
#include "vfs/volume/mbr.h"

namespace casement {

/// The first of `sizes`, unless boot sectors of volumes (which say their sector size) and extended
/// boot records lie where the entries point with another one, and nowhere with the first.
std::uint32_t mbr_sector_size(const ByteSource& disk, const BootRecord& record,
                              std::span<const std::uint32_t> sizes);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Which volume of an image --volume means.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "vfs/open/opener.h"

namespace casement::cli {

/// The position in OpenedImage::volumes of "2" (Volume::index) or "p3" (Partition::number).
/// invalid_argument: neither form. not_found: no such volume, or several with that partition
/// number; the message lists what there is.
Result<std::size_t> choose_volume(const OpenedImage& opened, std::string_view selector);

/// "1 (p1 EFI system, FAT32), 2 (p3 Basic data, bitlocker)": for messages. The first few of many.
std::string list_volumes(const OpenedImage& opened);

}  // namespace casement::cli

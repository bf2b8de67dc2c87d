// SPDX-License-Identifier: Apache-2.0
// Where a hive of an image is.
#pragma once

#include <string>

#include "engine/dismapi/dismapi.h"
#include "engine/image/image.h"

namespace casement::dismapi {

/// "the hive is the file /mnt/image/Windows/System32/config/SYSTEM", "the hive is the file
/// \Windows\System32\config\SYSTEM of partition 3 of disk.vhdx", or that there is none.
/// Precondition: `hive` is one of the enumerators.
std::string describe_hive_place(const Image& image, DismRegistryHive hive);

}  // namespace casement::dismapi

// SPDX-License-Identifier: Apache-2.0
// The GUIDs of [MS-VHDX].
#pragma once

#include "vfs/core/guid.h"

namespace casement::vhdx_ids {

/// Regions.
extern const Guid block_table_region;
extern const Guid metadata_region;

/// Metadata items.
extern const Guid file_parameters;
extern const Guid virtual_disk_size;
extern const Guid virtual_disk_id;
extern const Guid logical_sector_size;
extern const Guid physical_sector_size;
extern const Guid parent_locator;

/// The only type of parent locator that there is.
extern const Guid vhdx_parent_locator;

}  // namespace casement::vhdx_ids

// SPDX-License-Identifier: Apache-2.0
// Findings about partitions beside one another.
#pragma once

#include "vfs/volume/partition.h"

namespace casement {

/// Adds findings about partitions that share bytes and about identifiers that are used twice.
void check_partitions(PartitionTable& table);

}  // namespace casement

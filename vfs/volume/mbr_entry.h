// SPDX-License-Identifier: Apache-2.0
// One stored entry, of the first sector or of an extended partition.
#pragma once

#include <cstdint>

#include "vfs/volume/mbr_layout.h"

namespace casement {

enum class SlotKind : std::uint8_t { empty, used, malformed };

/// Whether an entry holds a partition. Its place on the disk is not checked.
SlotKind slot_kind(const mbr_layout::Entry& entry);

}  // namespace casement

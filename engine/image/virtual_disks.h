// SPDX-License-Identifier: Apache-2.0
// Native boot: virtual disks that boot entries start Windows from.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/image/boot_stores.h"
#include "engine/image/disk_map.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/open/opener.h"

namespace casement {

/// More are not opened, but reported: each may hold as many volumes as a disk.
inline constexpr std::size_t max_virtual_disks = 8;
/// Boot entries whose virtual disk is looked for. Menus that long are not seen.
inline constexpr std::size_t max_virtual_disk_entries = 64;

/// Opens the virtual disks that the loaders of `stores` name, each once, and appends them and their
/// volumes to `opened`: `disks` is out of date then. Stores and disks inside of them are not looked
/// for. Nothing is read where no loader names one. What is not there or lies where nothing can be
/// read is a finding ("virtual-disk-missing", "virtual-disk-unreadable"); so are those that are too
/// many ("virtual-disk-not-opened").
void open_virtual_disks(OpenedImage& opened, const DiskMap& disks,
                        const std::vector<FoundStore>& stores, const Limits& limits,
                        Diagnostics& findings);

}  // namespace casement

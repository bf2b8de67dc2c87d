// SPDX-License-Identifier: Apache-2.0
// What SYSTEM remembers of how Windows was started last: which partition held the boot manager.
#pragma once

#include <optional>
#include <string>

#include "engine/image/boot_manager.h"
#include "engine/image/disk_map.h"
#include "vfs/core/diagnostics.h"

namespace casement {

/// Written by Windows at each start, so they tell the layout of the machine that it ran on.
struct StartRecord {
  /// Control!FirmwareBootDevice: ARC name of the boot manager's partition.
  std::optional<std::u16string> firmware_boot_device;
  /// Control!SystemBootDevice: ARC name of the partition with Windows.
  std::optional<std::u16string> system_boot_device;
  /// SYSTEM\Setup!SystemPartition: \Device\HarddiskVolumeN of the boot manager's volume.
  std::optional<std::u16string> system_partition;
};

/// Adds +10 when the store is on the partition that the firmware started from, and +5 when it is on
/// the volume that Setup names: independent of what the store itself says.
void score_start_record(BootStore& store, const DiskMap& disks, const StartRecord& record,
                        const Installation& installation);

/// A finding when the layout is another one than Windows ran on: a disk that was moved, cloned or
/// divided anew. `store`: of the chosen boot store, or null.
void report_moved(const BootStore* store, const DiskMap& disks, const StartRecord& record,
                  const Installation& installation, Diagnostics& findings);

}  // namespace casement

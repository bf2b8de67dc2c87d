// SPDX-License-Identifier: Apache-2.0
// A Windows that a boot entry starts, on a volume that cannot be opened.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/image/boot_target.h"
#include "vfs/core/diagnostics.h"
#include "vfs/open/opener.h"

namespace casement {

/// Known from a boot store alone.
struct UnreadableInstallation {
  std::size_t volume = 0;            // position in OpenedImage::volumes
  bool locked = false;               // BitLocker: a key would open it
  std::u16string windows_directory;  // as the entry has it: "\Windows"
  std::u16string description;        // "Windows 11"
  std::string boot_entry;            // "\EFI\Microsoft\Boot\BCD {guid}"
  bool is_default = false;
  std::string reason;  // Volume::reason
};

/// Of all stores, each volume and directory once, default entries first.
std::vector<UnreadableInstallation> find_unreadable(const OpenedImage& opened,
                                                    const std::vector<FoundStore>& stores,
                                                    const BootTargets& targets);

/// "\Windows on partition 4, which "Windows 11" (\EFI\...\BCD {guid}) starts, is locked: <reason>".
std::string describe(const OpenedImage& opened, const UnreadableInstallation& installation);

/// Findings "present-but-locked" and "present-but-unreadable".
void report_unreadable(const OpenedImage& opened,
                       const std::vector<UnreadableInstallation>& unreadable,
                       Diagnostics& findings);

}  // namespace casement

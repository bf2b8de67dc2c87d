// SPDX-License-Identifier: Apache-2.0
// Which boot store starts the chosen installation.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/image/boot_target.h"

namespace casement {

/// Judges every store for one installation and picks the best. With `only_volume` (SystemDrive of a
/// session) stores elsewhere are judged but never chosen.
BootManager choose_boot_manager(const OpenedImage& opened, const DiskMap& disks,
                                std::vector<FoundStore> stores, const BootTargets& targets,
                                const Examined& examined, const DriveLetters& letters,
                                std::optional<std::size_t> only_volume);

}  // namespace casement

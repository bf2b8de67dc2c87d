// SPDX-License-Identifier: Apache-2.0
// From MountedDevices, SystemRoot and the collection's layout to drive letters.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/image/disk_map.h"
#include "engine/image/drive_letters.h"
#include "engine/image/facts.h"
#include "engine/image/installation.h"
#include "engine/image/mounted_devices.h"
#include "vfs/open/opener.h"

namespace casement {

/// A volume and the MountedDevices data that leads to it.
struct KnownVolume {
  std::size_t volume = 0;
  MountedTarget target;
  std::optional<Guid> name;  // \??\Volume{...}
  /// How the volume was found. Weak ones say what an installation calls a volume whose own
  /// identifiers are others, or none.
  LetterConfidence confidence = LetterConfidence::exact;
};

struct ResolvedLetters {
  DriveLetters letters;
  /// What the installation itself calls the volumes that are here. With it a boot store's device
  /// can be told even in a directory, and volume names in links lead somewhere.
  std::vector<KnownVolume> known_as;
};

/// `installation.kind` must be known: Windows PE calls its volume X:.
ResolvedLetters resolve_letters(const OpenedImage& opened, const DiskMap& disks,
                                const Installation& installation, const InstallationFacts& facts,
                                Diagnostics& findings);

}  // namespace casement

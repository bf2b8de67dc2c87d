// SPDX-License-Identifier: Apache-2.0
// Drive letters of an installation, from its own MountedDevices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/guid.h"

namespace casement {

/// Why a letter is bound to a volume.
enum class LetterConfidence : std::uint8_t {
  exact,           // partition GUID, or disk signature and offset
  offset_only,     // offset on the disk, whose signature is another one or 0
  hidden_sectors,  // offset, by what the file system itself says of its place
  collected,       // the collection layout names the letter
  inferred,        // SOFTWARE's SystemRoot names the letter of the containing volume
  assumed,         // nothing says: C: (X: for WinPE)
  unresolved,      // MountedDevices names a volume that is not in the image
};
const char* letter_confidence_name(LetterConfidence confidence) noexcept;

struct DriveLetter {
  char16_t letter = u'C';             // upper case
  std::optional<std::size_t> volume;  // position in OpenedImage::volumes
  LetterConfidence confidence = LetterConfidence::unresolved;
  /// Decoded MountedDevices data: "disk 63f07796 offset 368050176", "partition <guid>", a device
  /// path, or "" when the letter is not in MountedDevices.
  std::string device;
  std::optional<Guid> volume_guid;  // \??\Volume{...} with the same data
  bool is_system_root = false;      // holds the chosen installation
};

struct DriveLetters {
  std::vector<DriveLetter> letters;  // sorted by letter
  /// MountedDevices entries without a letter: volume names and folder mounts, as text.
  std::size_t unlettered_volumes = 0;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// $Volume: label, version and flags.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/ntfs/volume.h"

namespace casement::ntfs {

struct NtfsVolumeInfo {
  std::u16string label;            // empty: none
  std::uint8_t major_version = 0;  // 1.2 is NT 4, 3.0 is Windows 2000, 3.1 is XP and later
  std::uint8_t minor_version = 0;
  std::uint16_t flags = 0;  // ntfs_layout::volume_flag (volume_info_layout.h)

  /// It was not unmounted, or wants to be checked.
  bool dirty() const noexcept;
};

/// From record 3. What cannot be read is left at its default and goes to the findings as
/// "volume-info-damaged".
NtfsVolumeInfo read_volume_info(const NtfsVolumePtr& volume);

}  // namespace casement::ntfs

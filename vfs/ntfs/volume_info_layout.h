// SPDX-License-Identifier: Apache-2.0
// $VOLUME_INFORMATION as stored.
//
// Sources: as in ntfs_layout.h.
#pragma once

#include <cstdint>

#include "vfs/core/endian.h"

namespace casement::ntfs_layout {

/// $VOLUME_INFORMATION.
struct VolumeInformation {
  le64 unused_00;              // +0x00
  std::uint8_t major_version;  // +0x08
  std::uint8_t minor_version;  // +0x09
  le16 flags;                  // +0x0A volume_flag
};
static_assert(sizeof(VolumeInformation) == 12);

namespace volume_flag {
inline constexpr std::uint16_t dirty = 0x0001;
inline constexpr std::uint16_t resize_log = 0x0002;
inline constexpr std::uint16_t upgrade = 0x0004;
inline constexpr std::uint16_t mounted_on_nt4 = 0x0008;
inline constexpr std::uint16_t usn_delete = 0x0010;
inline constexpr std::uint16_t chkdsk_underway = 0x4000;
inline constexpr std::uint16_t modified_by_chkdsk = 0x8000;
}  // namespace volume_flag

}  // namespace casement::ntfs_layout

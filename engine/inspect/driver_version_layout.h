// SPDX-License-Identifier: Apache-2.0
// The Version value of a driver package in the registry.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vfs/core/endian.h"

namespace casement {

/// DriverDatabase\DriverPackages\<id>!Version. Undocumented; the same in all packages of Windows
/// 8.1 and 10 that were looked at.
struct DriverVersionRecord {
  std::uint8_t origin;                   // +0x00 0xFF: comes with Windows, 0x00: was added
  std::uint8_t marker;                   // +0x01 0xFF
  le16 processor;                        // +0x02 PROCESSOR_ARCHITECTURE_*
  le32 reserved;                         // +0x04
  std::array<std::byte, 16> class_guid;  // +0x08
  le64 date;                             // +0x18 FILETIME of DriverVer
  le16 revision;                         // +0x20
  le16 build;                            // +0x22
  le16 minor;                            // +0x24
  le16 major;                            // +0x26
  le64 flags;                            // +0x28 unknown
};
static_assert(sizeof(DriverVersionRecord) == 48);

inline constexpr std::uint8_t inbox_origin = 0xFF;

}  // namespace casement

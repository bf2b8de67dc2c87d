// SPDX-License-Identifier: Apache-2.0
// What the name of a directory says about a drive.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "vfs/fs/host_name.h"

namespace casement {

/// How sure a directory's name makes us that it stands for a drive.
enum class DriveNameStrength : std::uint8_t {
  weak,    // "C", "[root]": a directory of any tree may be called so
  strong,  // "C:", "C%3A", "C_drive", "%5C%5C.%5CC%3A": nobody calls a directory so by chance
};

/// What a directory name says about a drive.
struct DriveName {
  std::optional<char16_t> letter;  // upper case; "[root]" and "$rootfs$" have none
  DriveNameStrength strength = DriveNameStrength::weak;
  NameCoding names = NameCoding::plain;  // of the names below
};

/// nullopt: the name stands for no drive.
std::optional<DriveName> parse_drive_name(std::string_view host_name);

}  // namespace casement

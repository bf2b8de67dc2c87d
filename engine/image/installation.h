// SPDX-License-Identifier: Apache-2.0
// One Windows installation that was found: where, what kind, and why we believe it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/fs/file_system.h"

namespace casement {

enum class InstallationClass : std::uint8_t {
  client,
  server,
  winpe,
  winre,
  previous,       // below Windows.old
  upgrade_stage,  // below $WINDOWS.~BT
  unknown,        // a Windows directory whose hives do not say
};
const char* installation_class_name(InstallationClass kind) noexcept;

/// A reason for a score: "SYSTEM hive with control set 1", +30, "\Windows\System32\config\SYSTEM".
struct ScoreItem {
  std::string what;
  int points = 0;
  std::string where;
};

struct Installation {
  std::size_t volume = 0;            // position in OpenedImage::volumes
  std::u16string windows_directory;  // "\Windows", with the names as stored
  NodeId directory;
  /// Path of the virtual disk that the volume is on ("\vm\win11.vhdx"); empty: none.
  std::u16string virtual_disk;
  InstallationClass kind = InstallationClass::unknown;
  /// How it was come by: "name", "nested", "scan", "bcd", "user".
  std::string origin;
  int score = 0;
  std::vector<ScoreItem> evidence;
  /// A hive or a core file is missing: a partial collection. Facts may be missing too.
  bool partial = false;
  /// Stable across runs: hash of volume identity, path and machine identity; 16 hex digits.
  std::string id;
  Diagnostics diagnostics;
};

}  // namespace casement

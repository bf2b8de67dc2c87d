// SPDX-License-Identifier: Apache-2.0
// The volumes that a mount shows.
#pragma once

#include <string>
#include <vector>

#include "vfs/core/guid.h"
#include "vfs/fs/file_system.h"

namespace casement::cli {

struct MountedVolume {
  /// Its directory when there are several: "C", "partition 3", "image 2". Unique without regard to
  /// case, and a file name.
  std::string name;
  FileSystemPtr file_system;
  /// What absolute link targets call it, upper case: "\??\C:\Users".
  std::vector<char16_t> letters;
  std::vector<Guid> ids;  // "\??\Volume{guid}\"
  /// An image of a WIM: its letters are not those that the other images speak of.
  bool alone = false;
};

}  // namespace casement::cli

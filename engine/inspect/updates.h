// SPDX-License-Identifier: Apache-2.0
// The updates (KB numbers) of an installation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/inspect/packages.h"

namespace casement {

struct Update {
  std::u16string knowledge_base;  // "KB5030219"
  PackageState state = PackageState::not_present;
  std::optional<ReleaseType> release_type;
  std::u16string release_type_as_written;  // words of the manifest, known or not
  std::u16string version;                  // of the package
  std::optional<FileTime> install_time;
  std::u16string description;
  std::u16string support_information;
  std::vector<std::u16string> packages;  // identities
  Evidence evidence;                     // of the state, or of the hotfix key before Vista
};

struct UpdateList {
  std::vector<Update> updates;  // newest first, then by number
  Diagnostics diagnostics;
};

/// Packages with a KB number in their name or manifest, one line a number; before Windows Vista the
/// keys HotFix and Updates.
UpdateList read_updates(const PackageStore& store);

}  // namespace casement

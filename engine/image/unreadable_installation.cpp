// SPDX-License-Identifier: Apache-2.0
// Boot entries whose volume has no file system for us.
#include "engine/image/unreadable_installation.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/image/windows_path_text.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// More are not kept: a menu that long is no real one.
constexpr std::size_t max_unreadable = 64;

void add(std::vector<UnreadableInstallation>& found, UnreadableInstallation one) {
  const auto known =
      std::find_if(found.begin(), found.end(), [&one](const UnreadableInstallation& other) {
        return other.volume == one.volume &&
               same_rooted(other.windows_directory, one.windows_directory);
      });
  if (known == found.end()) {
    if (found.size() < max_unreadable) {
      found.push_back(std::move(one));
    }
  } else if (one.is_default && !known->is_default) {
    *known = std::move(one);
  }
}

}  // namespace

std::vector<UnreadableInstallation> find_unreadable(const OpenedImage& opened,
                                                    const std::vector<FoundStore>& stores,
                                                    const BootTargets& targets) {
  std::vector<UnreadableInstallation> found;
  for (const FoundStore& store : stores) {
    for (const BootTargets::Loader& loader : targets.loaders(store)) {
      if (!loader.volume || loader.entry.system_root.empty() ||
          opened.volumes[*loader.volume].file_system) {
        continue;
      }
      const Volume& volume = opened.volumes[*loader.volume];
      add(found, {.volume = *loader.volume,
                  .locked = volume.locked,
                  .windows_directory = as_rooted(loader.entry.system_root),
                  .description = loader.entry.description,
                  .boot_entry = to_utf8(store.store.path) + " " + loader.entry.id,
                  .is_default = loader.entry.is_default,
                  .reason = volume.reason});
    }
  }
  std::vector<UnreadableInstallation> ordered;
  for (const bool is_default : {true, false}) {
    std::copy_if(
        found.begin(), found.end(), std::back_inserter(ordered),
        [is_default](const UnreadableInstallation& one) { return one.is_default == is_default; });
  }
  return ordered;
}

std::string describe(const OpenedImage& opened, const UnreadableInstallation& installation) {
  return fmt::format("{} on {}, which \"{}\" ({}) starts, {}: {}",
                     to_utf8(installation.windows_directory),
                     opened.volumes[installation.volume].name, to_utf8(installation.description),
                     installation.boot_entry, installation.locked ? "is locked" : "cannot be read",
                     installation.reason);
}

void report_unreadable(const OpenedImage& opened,
                       const std::vector<UnreadableInstallation>& unreadable,
                       Diagnostics& findings) {
  for (const UnreadableInstallation& one : unreadable) {
    findings.add(Severity::warning, one.locked ? "present-but-locked" : "present-but-unreadable",
                 describe(opened, one));
  }
}

}  // namespace casement

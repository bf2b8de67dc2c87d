// SPDX-License-Identifier: Apache-2.0
// Hive files by the API's names for them.
#include "engine/dismapi/hive_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "vfs/core/utf16.h"

namespace casement::dismapi {
namespace {

/// Below the Windows directory; of the default user below the root, by the names that Windows gave
/// it, newest first.
std::vector<std::u16string> paths_of(const Image& image, DismRegistryHive hive) {
  const auto config = [&image](const char16_t* name) {
    return std::vector<std::u16string>{image.installation().windows_directory +
                                       u"\\System32\\config\\" + name};
  };
  switch (hive) {
    case DismRegistryHiveSoftware:
      return config(u"SOFTWARE");
    case DismRegistryHiveSystem:
      return config(u"SYSTEM");
    case DismRegistryHiveSecurity:
      return config(u"SECURITY");
    case DismRegistryHiveSam:
      return config(u"SAM");
    case DismRegistryHiveDefault:
      return config(u"DEFAULT");
    case DismRegistryHiveCurrentUser:
      return {u"\\Users\\Default\\NTUSER.DAT",
              u"\\Documents and Settings\\Default User\\NTUSER.DAT"};
    case DismRegistryHiveComponents:
      return config(u"COMPONENTS");
    case DismRegistryHiveDrivers:
      return config(u"DRIVERS");
  }
  return {};
}

/// With the directory of the host before it where the volume is one.
std::string place_text(const Image& image, const std::u16string& path) {
  const OpenedImage& opened = image.opened();
  std::string text = to_utf8(path);
  const bool is_directory = opened.volumes.size() == 1 && !opened.layers.empty() &&
                            opened.layers.front().kind == "directory";
  if (is_directory) {
    std::ranges::replace(text, '\\', '/');
    return opened.layers.front().detail + text;
  }
  return fmt::format("{} of {} of {}", text, opened.volumes[image.installation().volume].name,
                     opened.path);
}

}  // namespace

std::string describe_hive_place(const Image& image, DismRegistryHive hive) {
  const std::vector<std::u16string> paths = paths_of(image, hive);
  for (const std::u16string& path : paths) {
    const auto found = image.find_file(path);
    if (found && *found) {
      return fmt::format("the hive is the file {}", place_text(image, (*found)->path));
    }
  }
  return fmt::format("the image has no such hive: {} is not there",
                     paths.empty() ? std::string() : place_text(image, paths.front()));
}

}  // namespace casement::dismapi

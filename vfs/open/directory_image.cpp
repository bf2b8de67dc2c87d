// SPDX-License-Identifier: Apache-2.0
// A host directory as an image: one tree, or one tree a drive.
#include "vfs/open/directory_image.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "vfs/host/host_file_system.h"
#include "vfs/open/collection.h"

namespace casement {
namespace {

std::string volume_name(const CollectedDrive& drive) {
  return drive.name.letter ? fmt::format("{}:", static_cast<char>(*drive.name.letter))
                           : drive.where;
}

void add_collection(OpenedImage& image, std::vector<CollectedDrive> drives) {
  std::string list;
  for (CollectedDrive& drive : drives) {
    list += fmt::format("{}{} from {}", list.empty() ? "" : ", ", volume_name(drive), drive.where);
    Volume volume;
    volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
    volume.name = volume_name(drive);
    volume.collected_as = drive.name.letter;
    volume.file_system = std::move(drive.tree);
    volume.reason = std::move(drive.reason);
    volume.content = volume.file_system ? volume.file_system->type_name() : "";
    image.volumes.push_back(std::move(volume));
  }
  image.layers.push_back({"collection", std::move(list)});
}

}  // namespace

Result<OpenedImage> open_directory_image(const std::string& path, const Limits& limits) {
  HostOptions options;
  options.limits = limits;
  const auto tree = CASEMENT_TRY(HostFileSystem::open(path, options));
  // A directory that cannot be listed is no image; saying so now is better than "no Windows found".
  CASEMENT_TRY(tree->read_dir(tree->root()));
  OpenedImage image;
  image.path = path;
  image.layers.push_back(
      {"directory", tree->path() + (tree->has_ntfs_attributes() ? " (NTFS mount)" : "")});
  auto drives = CASEMENT_TRY(find_collected_drives(*tree, image.diagnostics));
  if (!drives.empty()) {
    add_collection(image, std::move(drives));
    return image;
  }
  Volume volume;
  volume.index = 1;
  volume.name = "directory";
  volume.file_system = tree;
  volume.content = tree->type_name();
  image.volumes.push_back(std::move(volume));
  return image;
}

}  // namespace casement

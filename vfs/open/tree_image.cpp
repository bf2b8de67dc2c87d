// SPDX-License-Identifier: Apache-2.0
// From a tree of files to the volumes of an image.
#include "vfs/open/tree_image.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "vfs/archive/open_archive.h"

namespace casement {
namespace {

std::string volume_name(const CollectedDrive& drive) {
  return drive.name.letter ? fmt::format("{}:", static_cast<char>(*drive.name.letter))
                           : drive.where;
}

void add_volume(OpenedImage& image, Volume volume) {
  volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
  volume.content = volume.file_system ? volume.file_system->type_name() : "";
  image.volumes.push_back(std::move(volume));
}

void add_parts(OpenedImage& image, const char* layer, std::vector<CollectedDrive> drives) {
  std::string list;
  for (CollectedDrive& drive : drives) {
    list += fmt::format("{}{} from {}", list.empty() ? "" : ", ", volume_name(drive), drive.where);
    Volume volume;
    volume.name = volume_name(drive);
    volume.collected_as = drive.name.letter;
    volume.file_system = std::move(drive.tree);
    volume.reason = std::move(drive.reason);
    add_volume(image, std::move(volume));
  }
  image.layers.push_back({layer, std::move(list)});
}

}  // namespace

Result<void> add_tree_volumes(OpenedImage& image, const CapturedTree& tree, const std::string& kind,
                              NestedVolumes nested) {
  auto drives = CASEMENT_TRY(find_collected_drives(tree, image.diagnostics));
  if (!drives.empty()) {
    add_parts(image, "collection", std::move(drives));
    return {};
  }
  if (nested == NestedVolumes::look_for) {
    auto volumes = CASEMENT_TRY(find_nested_volumes(tree));
    if (!volumes.empty()) {
      add_parts(image, "folder", std::move(volumes));
      return {};
    }
  }
  Volume volume;
  volume.name = kind;
  volume.file_system = tree.whole;
  add_volume(image, std::move(volume));
  return {};
}

Result<bool> add_archive_volumes(OpenedImage& image, const SourcePtr& file, const Limits& limits) {
  const bool ours = CASEMENT_TRY(probe_archive(*file));
  if (!ours) {
    return false;
  }
  const FileSystemPtr whole = CASEMENT_TRY(open_archive(file, limits));
  image.layers.push_back({"archive", whole->info().version});
  CASEMENT_TRY(add_tree_volumes(image, make_captured_tree(whole, file->describe(), limits),
                                "archive", NestedVolumes::look_for));
  return true;
}

}  // namespace casement

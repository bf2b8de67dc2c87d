// SPDX-License-Identifier: Apache-2.0
// The same steps as for a file of the host, with the volume in its place.
#include "vfs/open/nested_disk.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/open/content_kind.h"
#include "vfs/open/disk_stack.h"
#include "vfs/open/image_folder.h"
#include "vfs/open/volumes.h"

namespace casement {
namespace {

/// The layers and volumes of the disk alone, as if nothing were around it.
Result<OpenedImage> open_alone(const OpenedImage& image, const NestedDisk& disk,
                               const Limits& limits) {
  const Volume& holder = image.volumes[disk.volume];
  const ContainerFile file =
      CASEMENT_TRY(inner_container_file(holder.file_system, disk.file, {}, disk.path, limits));
  OpenedImage alone;
  alone.layers.push_back({"file", fmt::format("{} on {}, {} bytes", to_utf8(disk.path), holder.name,
                                              file.source->size())});
  DiskStack stack = CASEMENT_TRY(open_disk_stack(file, limits));
  const SourcePtr bytes = stack.disk;
  if (!CASEMENT_TRY(add_volumes(alone, std::move(stack), limits))) {
    return fail(Status::unsupported, fmt::format("looks like {}, expected a virtual disk",
                                                 CASEMENT_TRY(describe_content(*bytes))));
  }
  return alone;
}

Volume unreadable_disk(const Error& error) {
  Volume volume;
  volume.reason = error.message();
  return volume;
}

}  // namespace

Result<ContainerFile> inner_container_file(const FileSystemPtr& file_system, NodeId file,
                                           std::u16string_view stream, std::u16string_view path,
                                           const Limits& limits) {
  const std::size_t name_at = path.find_last_of(u'\\') + 1;
  ContainerFile opened;
  opened.source = CASEMENT_TRY(file_system->open(file, stream));
  opened.name = to_utf8(path.substr(name_at));
  opened.folder = make_inner_folder(
      file_system, std::u16string(path.substr(0, name_at == 0 ? 0 : name_at - 1)), limits);
  return opened;
}

void add_nested_disk(OpenedImage& image, NestedDisk disk, const Limits& limits) {
  const std::size_t position = image.nested_disks.size();
  const std::string path = to_utf8(disk.path);
  auto alone = open_alone(image, disk, limits);
  if (!alone) {
    image.nested_disks.push_back(std::move(disk));
    Volume volume = unreadable_disk(alone.error());
    volume.name = "virtual disk " + path;
    volume.nested_disk = position;
    volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
    image.volumes.push_back(std::move(volume));
    return;
  }
  image.nested_disks.push_back(std::move(disk));
  std::move(alone->layers.begin(), alone->layers.end(), std::back_inserter(image.layers));
  image.diagnostics.append(alone->diagnostics, path + ": ");
  for (Volume& volume : alone->volumes) {
    volume.name += " of " + path;
    volume.nested_disk = position;
    volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
    image.volumes.push_back(std::move(volume));
  }
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Image texts for mounts.
#include "tools/casement/fuse/mount_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "vfs/core/utf16.h"
#include "vfs/mount/host_facts.h"
#include "vfs/mount/image_text.h"

namespace casement::cli {
namespace {

/// The text behind the host path without the selector that ends it.
std::string without_selector(const std::string& rest) {
  const bool inner = rest.find("!/") != std::string::npos || rest.find("!\\") != std::string::npos;
  // The name of a WIM image may hold '#', and then it is the first one that begins the selector;
  // behind "!/" a '#' may belong to a path.
  const std::size_t mark = inner ? rest.rfind('#') : rest.find('#');
  return rest.substr(0, mark);
}

std::string selector_of(const OpenedImage& opened, const Volume& volume) {
  if (volume.wim_image) {
    return opened.wim_path.empty() ? fmt::format("#{}", *volume.wim_image)
                                   : fmt::format("!{}#{}", opened.wim_path, *volume.wim_image);
  }
  if (volume.nested_disk) {
    const NestedDisk& disk = opened.nested_disks[*volume.nested_disk];
    std::string path = to_utf8(disk.path);
    std::ranges::replace(path, '\\', '/');
    return selector_of(opened, opened.volumes[disk.volume]) + "!" + path +
           (volume.partition ? fmt::format("#p{}", volume.partition->number) : "");
  }
  const bool needed = volume.partition && opened.volumes.size() > 1;
  return needed ? fmt::format("#p{}", volume.partition->number) : "";
}

}  // namespace

std::string mount_source(const OpenedImage& opened, std::optional<std::size_t> volume) {
  const ImageText text = split_image_text(opened.path);
  const std::string rest = opened.selected ? without_selector(text.rest) : text.rest;
  return canonical_path(text.path) + rest +
         (volume ? selector_of(opened, opened.volumes[*volume]) : "");
}

}  // namespace casement::cli

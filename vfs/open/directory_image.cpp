// SPDX-License-Identifier: Apache-2.0
// A host directory as an image: one tree, or one tree a drive.
#include "vfs/open/directory_image.h"

#include <string>
#include <utility>

#include "vfs/host/host_file_system.h"
#include "vfs/open/tree_image.h"

namespace casement {

Result<OpenedImage> open_directory_image(const std::string& path, const Limits& limits) {
  HostOptions options;
  options.limits = limits;
  const auto tree = CASEMENT_TRY(HostFileSystem::open(path, options));
  // A directory that cannot be listed is no image; saying so now is better than "no Windows found".
  CASEMENT_TRY(tree->read_dir(tree->root()));
  OpenedImage image;
  image.path = path;
  image.layers.push_back({"directory", tree->path()});
  if (tree->has_ntfs_attributes()) {
    image.layers.push_back({"ntfs attributes", "as extended attributes of the mount"});
  }
  // The tree's own subtree() keeps what links mean that are absolute on the host.
  const auto subtree = [&](NodeId directory, NameCoding names) -> Result<FileSystemPtr> {
    return CASEMENT_TRY(tree->subtree(directory, names));
  };
  CASEMENT_TRY(
      add_tree_volumes(image, {tree, tree->path(), subtree}, "directory", NestedVolumes::ignore));
  return image;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The process's table and the kernel's list as one.
#include "vfs/mount/mounted_image.h"

#include <utility>

#include "vfs/mount/host_facts.h"
#include "vfs/mount/image_text.h"
#include "vfs/mount/mount_info.h"
#include "vfs/mount/mount_table.h"

namespace casement {
namespace {

/// A part of a mount that is bound to another place is not the image.
bool is_casement_mount(const MountInfoEntry& entry) {
  return entry.type == fuse_mount_type && entry.root == "/";
}

/// What cannot be asked for, such as a file in somebody else's folder, may well be there.
bool is_gone(const std::string& path) {
  const auto facts = read_file_facts(path);
  return !facts && (facts.error().status() == Status::not_found ||
                    facts.error().status() == Status::path_not_found);
}

MountedImage mount_of(const MountInfoEntry& entry) {
  MountedImage mount;
  mount.mount_path = entry.mount_point;
  mount.image = entry.source;
  const ImageText text = split_image_text(entry.source);
  mount.image_path = text.path;
  mount.index = index_in_image_text(text.rest);
  if (is_dead_mount(entry.mount_point)) {
    mount.state = MountState::invalid;
  } else if (is_gone(mount.image_path)) {
    mount.state = MountState::needs_remount;
  }
  return mount;
}

}  // namespace

Result<std::vector<MountedImage>> list_mounted_images() {
  std::vector<MountedImage> mounts = MountTable::of_process().list();
  for (const MountInfoEntry& entry : CASEMENT_TRY(read_mount_info())) {
    if (is_casement_mount(entry)) {
      mounts.push_back(mount_of(entry));
    }
  }
  return mounts;
}

Result<std::optional<MountedImage>> find_mounted_image(const std::string& directory) {
  if (directory.empty()) {
    return std::optional<MountedImage>();
  }
  if (auto mount = MountTable::of_process().find(directory)) {
    return mount;
  }
  const std::string canonical = canonical_path(directory);
  std::optional<MountInfoEntry> found;
  for (MountInfoEntry& entry : CASEMENT_TRY(read_mount_info())) {
    if (entry.mount_point == canonical) {
      found = std::move(entry);  // the last one hides those before it
    }
  }
  if (!found || !is_casement_mount(*found)) {
    return std::optional<MountedImage>();
  }
  return std::optional(mount_of(*found));
}

}  // namespace casement

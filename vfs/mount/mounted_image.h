// SPDX-License-Identifier: Apache-2.0
// Directories that stand for an image: mounted in this process, or by `casement mount`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/result.h"

namespace casement {

/// DISMAPI_E_NEEDS_REMOUNT: the mount is there, what it was made of is not.
inline constexpr Status needs_remount_status =
    static_cast<Status>(static_cast<std::int32_t>(0xC1510114));

enum class MountState : std::uint8_t {
  ok,
  needs_remount,  // the image file is gone or another one since
  invalid         // the program that served it is gone
};

/// A read-only mount of one image.
struct MountedImage {
  std::string mount_path;   // the directory: absolute, without links
  std::string image;        // what open_image() takes: "/images/install.wim#2"
  std::string image_path;   // the file in it, absolute: "/images/install.wim"
  std::uint32_t index = 1;  // of the image in a WIM; 1 for a disk
  bool in_process = false;  // an entry of this process's table, else a FUSE mount
  MountState state = MountState::ok;
};

/// Every mount: those of this process's table, then the FUSE mounts of type "fuse.casement" that
/// this process can see, whoever made them.
Result<std::vector<MountedImage>> list_mounted_images();

/// The mount whose directory is `directory` (any spelling of it). nullopt: none.
Result<std::optional<MountedImage>> find_mounted_image(const std::string& directory);

}  // namespace casement

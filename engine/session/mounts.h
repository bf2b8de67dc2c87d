// SPDX-License-Identifier: Apache-2.0
// Mounting images read-only: what DISM's mount functions do, in this process.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/mount/mounted_image.h"

namespace casement {

/// DISMAPI_E_INVALID_IMAGE_INDEX.
inline constexpr Status invalid_image_index =
    static_cast<Status>(static_cast<std::int32_t>(0xC0040005));
/// DISMAPI_E_INVALID_IMAGE_NAME.
inline constexpr Status invalid_image_name =
    static_cast<Status>(static_cast<std::int32_t>(0xC0040006));
/// DISMAPI_E_UNABLE_TO_UNMOUNT_IMAGE_PATH.
inline constexpr Status unable_to_unmount =
    static_cast<Status>(static_cast<std::int32_t>(0xC0040007));
/// HRESULT_FROM_WIN32(ERROR_CANCELLED).
inline constexpr Status mount_cancelled =
    static_cast<Status>(static_cast<std::int32_t>(0x800704C7));

/// One image of a file, by index (from 1) or by name.
struct MountRequest {
  std::u16string image_path;  // of a WIM, ESD, SWM, ISO or disk image; no selector
  std::u16string mount_path;  // an existing empty directory
  std::optional<std::uint32_t> index;
  std::optional<std::u16string> name;
  bool check_integrity = false;  // the integrity table of a WIM, before anything else
  /// Bytes done and in all while the integrity is checked; false stops.
  std::function<bool(std::uint64_t, std::uint64_t)> progress;
};

/// After this every session of the process that is opened on mount_path is one on the image; the
/// directory itself stays as it is. A disk has image 1 alone. not_found: no such file.
/// invalid_image_index, invalid_image_name. path_not_found: no such directory. invalid_argument:
/// the directory is not empty. already_exists: something is mounted there. corrupt: the integrity
/// table says so. mount_cancelled: progress() did. Else as open_image().
Result<void> mount_image(const MountRequest& request, const Limits& limits = {});

/// What is mounted on that directory; nullopt: nothing.
Result<std::optional<MountedImage>> find_mount(const std::u16string& mount_path);

/// unable_to_unmount: nothing is mounted there, or another program did it. Sessions that are open
/// keep what they need.
Result<void> unmount_image(const std::u16string& mount_path);

/// Takes the image file as it is now. not_found: nothing is mounted there, or the file is gone.
Result<void> remount_image(const std::u16string& mount_path);

/// Forgets the mounts of this process whose directory is gone. Gives how many there were.
std::size_t clean_up_mounts();

}  // namespace casement

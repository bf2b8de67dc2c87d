// SPDX-License-Identifier: Apache-2.0
// The text of /proc/self/mountinfo.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"

namespace casement {

/// What `casement mount` mounts is of this type.
inline constexpr std::string_view fuse_mount_type = "fuse.casement";

/// One mount as the kernel lists it, escapes undone.
struct MountInfoEntry {
  std::string root;         // what of the file system is mounted: "/" is all of it
  std::string mount_point;  // absolute, without links
  std::string type;         // "ext4", "fuse.casement"
  std::string source;       // of a FUSE mount what its server said

  friend bool operator==(const MountInfoEntry&, const MountInfoEntry&) = default;
};

/// Every line that has the fields of proc_pid_mountinfo(5), in order; others are left out. Of
/// several mounts on one directory the last one is the one that is seen.
std::vector<MountInfoEntry> parse_mount_info(std::string_view text);

/// Text with "\040" and the like as the bytes that they stand for; a '\' without three octal digits
/// behind it stays.
std::string unescape_octal(std::string_view text);

/// The mounts that this process sees. Empty where there is no /proc. Errors: it cannot be read.
Result<std::vector<MountInfoEntry>> read_mount_info();

}  // namespace casement

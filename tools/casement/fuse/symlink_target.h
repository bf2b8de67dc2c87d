// SPDX-License-Identifier: Apache-2.0
// Where links of an image lead, as symlinks that cannot leave the mount.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/casement/fuse/mounted_volume.h"
#include "vfs/core/result.h"

namespace casement::cli {

/// What a mount shows below its root.
struct MountLayout {
  std::vector<MountedVolume> volumes;  // never empty
  bool one_directory_each = false;     // else the root is that of the only volume
};

/// Where a link lies.
struct LinkPlace {
  std::size_t volume = 0;   // in MountLayout::volumes
  std::uint32_t depth = 0;  // directories between the mount's root and the link
};

/// Longest text of a symlink, in bytes: what the kernel takes.
inline constexpr std::size_t max_symlink_text = 4095;

/// The text of the symlink for a link of an image: relative, and never above the root of the mount.
/// A target on a volume that is mounted leads there, with names as they are stored as far as they
/// exist. Any other target stays readable and leads nowhere: Windows' own text, without "\??\" and
/// without '/'.
/// not_a_reparse_point, unsupported: no link. corrupt, truncated: a damaged buffer. name_too_long:
/// more than max_symlink_text.
Result<std::string> symlink_text(const MountLayout& layout, const LinkPlace& place, NodeId link);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// /Get-MountedImageInfo and /Cleanup-Mountpoints.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "engine/session/mounts.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"

namespace casement::dism {
namespace {

const char* status_text(MountState state) {
  switch (state) {
    case MountState::ok:
      return "Ok";
    case MountState::needs_remount:
      return "Needs Remount";
    case MountState::invalid:
      return "Invalid";
  }
  return "Invalid";
}

}  // namespace

Result<void> get_mounted_image_info(Context& context) {
  const std::vector<MountedImage> mounts = CASEMENT_TRY(list_mounted_images());
  std::string& out = context.text();
  if (mounts.empty()) {
    out += "No mounted images found.\n";
    return {};
  }
  out += "Mounted images:\n";
  for (const MountedImage& mount : mounts) {
    out += '\n';
    add_field(out, "Mount Dir", mount.mount_path);
    add_field(out, "Image File", mount.image_path);
    add_field(out, "Image Index", std::to_string(mount.index));
    add_field(out, "Mounted Read/Write", yes_no(false));
    add_field(out, "Status", status_text(mount.state));
  }
  return {};
}

Result<void> clean_up_mount_points(Context& context) {
  const std::vector<MountedImage> mounts = CASEMENT_TRY(list_mounted_images());
  const std::size_t forgotten = clean_up_mounts();
  context.log(LogLevel::information, fmt::format("{} mounts were forgotten", forgotten));
  for (const MountedImage& mount : mounts) {
    if (mount.state == MountState::invalid) {
      context.say(LogLevel::warnings,
                  fmt::format("nothing serves {} any more; \"casement umount {}\" removes it",
                              mount.mount_path, mount.mount_path));
    }
  }
  return {};
}

}  // namespace casement::dism

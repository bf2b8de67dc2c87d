// SPDX-License-Identifier: Apache-2.0
// `casement umount`: taking mounts away.
#include "tools/casement/commands/umount.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "tools/casement/fuse/fusermount.h"
#include "tools/casement/messages.h"
#include "tools/casement/render/text.h"
#include "vfs/mount/mounted_image.h"

namespace casement::cli {
namespace {

ExitCode unmount(const MountedImage& mount, bool lazy) {
  const Result<UnmountOutcome> outcome = unmount_fuse(mount.mount_path, lazy);
  if (!outcome) {
    return fail_with(Error(outcome.error()).context(fmt::format("unmount {}", mount.mount_path)));
  }
  if (*outcome == UnmountOutcome::unmounted) {
    return ExitCode::ok;
  }
  say_error(fmt::format("{} is in use: a program has something open there, or is in it",
                        mount.mount_path));
  say_hint(
      fmt::format("fuser -vm {} tells who; --lazy takes it away all the same", mount.mount_path));
  return ExitCode::failed;
}

ExitCode unmount_directory(const std::string& directory, bool lazy) {
  const Result<std::optional<MountedImage>> mount = find_mounted_image(directory);
  if (!mount) {
    return fail_with(mount.error());
  }
  if (!*mount) {
    say_error(fmt::format("{}: casement has mounted nothing there", directory));
    say_hint("casement mount lists the mounts");
    return ExitCode::failed;
  }
  return unmount(**mount, lazy);
}

/// Those of other users cannot be removed; the rest is, all the same.
ExitCode unmount_dead(Output& output) {
  const Result<std::vector<MountedImage>> mounts = list_mounted_images();
  if (!mounts) {
    return fail_with(mounts.error());
  }
  ExitCode code = ExitCode::ok;
  for (const MountedImage& mount : *mounts) {
    if (mount.state != MountState::invalid) {
      continue;
    }
    // Whoever still has a file of it open gets errors from it, and will not let go for any other
    // reason.
    const ExitCode one = unmount(mount, true);
    if (one != ExitCode::ok) {
      code = one;
      continue;
    }
    append_printable(output.text(), std::string_view(mount.mount_path));
    output.text() += '\n';
  }
  return code;
}

}  // namespace

ExitCode run_umount(const UmountOptions& options, Output& output) {
  return options.dead ? unmount_dead(output) : unmount_directory(options.directory, options.lazy);
}

}  // namespace casement::cli

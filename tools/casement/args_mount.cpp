// SPDX-License-Identifier: Apache-2.0
// The options of `casement mount` and `umount`.
#include "tools/casement/args_parts.h"
#include "tools/casement/help_text.h"

namespace casement::cli {

void add_mount(CLI::App& program, MountOptions& options, MountSwitches& switches) {
  CLI::App* mount =
      program.add_subcommand("mount", "Mount an image on a directory, or list the mounts");
  add_image_options(*mount, options.image, "The image; without it the mounts are listed");
  mount->get_option("IMAGE")->required(false);
  mount->add_option("DIR", options.directory, "An empty directory")->type_name("");
  mount
      ->add_option("--volume", options.volume,
                   "The volume to mount: its number in 'casement info', or p3 for\n"
                   "partition 3 [that of Windows, or the only one]")
      ->type_name("N");
  mount->add_flag("--all", options.all, "Every volume that can be read, each in a directory");
  mount->add_flag("--case-sensitive", options.case_sensitive, "Find names only as they are stored");
  mount
      ->add_option("--streams", switches.streams,
                   "Named streams: 'xattr' as user.STREAM; 'windows' also as FILE:STREAM")
      ->type_name("HOW");
  mount->add_flag("--allow-other", options.allow_other, "Let other users in");
  mount->add_flag("--foreground", options.foreground, "Stay here until it is unmounted");
  mount->add_flag("--json", options.json, "Print the list of mounts as JSON");
  mount->footer(help::below_options(help::mount_footer));
}

Objection settle(MountOptions& options, const MountSwitches& switches) {
  const bool lists = options.image.image.empty();
  if (lists && (options.volume || options.all || switches.streams || options.foreground ||
                options.case_sensitive || options.allow_other || !options.directory.empty())) {
    return "IMAGE is missing";
  }
  if (lists) {
    return std::nullopt;
  }
  if (options.directory.empty()) {
    return "DIR is missing: an empty directory to mount the image on";
  }
  if (options.json) {
    return "--json is for the list of mounts: leave out IMAGE and DIR";
  }
  if (options.all && options.volume) {
    return "--all and --volume exclude each other";
  }
  if (switches.streams && *switches.streams != "xattr" && *switches.streams != "windows") {
    return "--streams is xattr or windows: " + *switches.streams;
  }
  options.windows_streams = switches.streams == "windows";
  return std::nullopt;
}

void add_umount(CLI::App& program, UmountOptions& options) {
  CLI::App* umount = program.add_subcommand("umount", "Take a mount away");
  umount->add_option("DIR", options.directory, "The directory that an image is mounted on")
      ->type_name("");
  umount->add_flag("--lazy", options.lazy,
                   "Also while it is in use: it is gone for everybody who looks for it");
  umount->add_flag("--dead", options.dead,
                   "All mounts whose server is gone; prints their directories");
  umount->footer(help::umount_footer);
}

Objection settle(const UmountOptions& options) {
  if (options.dead && (options.lazy || !options.directory.empty())) {
    return "--dead stands alone";
  }
  if (!options.dead && options.directory.empty()) {
    return "DIR is missing";
  }
  return std::nullopt;
}

}  // namespace casement::cli

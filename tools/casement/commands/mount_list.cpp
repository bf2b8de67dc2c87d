// SPDX-License-Identifier: Apache-2.0
// The list of mounts.
#include "tools/casement/commands/mount_list.h"

#include <algorithm>

#include "tools/casement/messages.h"
#include "tools/casement/render/json.h"
#include "tools/casement/render/table.h"
#include "tools/casement/render/text.h"

namespace casement::cli {
namespace {

struct StateNames {
  const char* text;
  const char* json;
};

StateNames names_of(MountState state) {
  switch (state) {
    case MountState::needs_remount:
      return {"image is gone", "needs_remount"};
    case MountState::invalid:
      return {"dead", "invalid"};
    case MountState::ok:
      break;
  }
  return {"ok", "ok"};
}

}  // namespace

void render_mounts_text(std::string& out, const std::vector<MountedImage>& mounts) {
  if (mounts.empty()) {
    out += "Nothing is mounted.\n";
    return;
  }
  Table table({"Directory", "State", "Image"});
  for (const MountedImage& mount : mounts) {
    table.add({printable(mount.mount_path), names_of(mount.state).text, printable(mount.image)});
  }
  table.append_to(out);
}

void render_mounts_json(std::string& out, const std::vector<MountedImage>& mounts) {
  JsonWriter json(out);
  json.begin_object();
  json.member("schema", "casement.mounts/1");
  json.key("mounts");
  json.begin_array();
  for (const MountedImage& mount : mounts) {
    json.begin_object();
    json.member("directory", mount.mount_path);
    json.member("image", mount.image);
    json.member("image_path", mount.image_path);
    json.member("index", mount.index);
    json.member("state", names_of(mount.state).json);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  json.end_document();
}

ExitCode list_mounts(bool json, Output& output) {
  const Result<std::vector<MountedImage>> mounts = list_mounted_images();
  if (!mounts) {
    return fail_with(mounts.error());
  }
  if (json) {
    render_mounts_json(output.text(), *mounts);
    return ExitCode::ok;
  }
  render_mounts_text(output.text(), *mounts);
  const bool dead = std::ranges::any_of(
      *mounts, [](const MountedImage& mount) { return mount.state == MountState::invalid; });
  if (dead) {
    output.flush();
    say_hint("casement umount --dead takes away the mounts whose server is gone");
  }
  return ExitCode::ok;
}

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// The boot manager in the JSON of `casement info`, and the members that it shares with other parts.
#include <fmt/format.h>

#include "tools/casement/render/info_json_members.h"

namespace casement::cli {
namespace {

void write_stores(JsonWriter& json, const Image& image, bool evidence) {
  const BootManager& boot = image.boot_manager();
  json.key("stores");
  json.begin_array();
  for (std::size_t i = 0; i < boot.stores.size(); ++i) {
    const BootStore& store = boot.stores[i];
    json.begin_object();
    json.member("chosen", boot.chosen == i);
    volume_member(json, image.opened(), store.volume);
    json.text_member("path", store.path);
    json.member("firmware", firmware_name(store.firmware));
    json.member("score", store.score);
    json.member("bootmgr_device", store.bootmgr_device);
    json.optional_text("error", store.error);
    if (evidence) {
      write_scores(json, store.evidence);
    }
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void volume_member(JsonWriter& json, const OpenedImage& opened,
                   std::optional<std::size_t> position) {
  json.key("volume");
  if (position && *position < opened.volumes.size()) {
    json.number(opened.volumes[*position].index);
  } else {
    json.null();
  }
}

void letter_member(JsonWriter& json, std::string_view name, std::optional<char16_t> letter) {
  json.key(name);
  letter ? json.string(fmt::format("{}:", static_cast<char>(*letter))) : json.null();
}

void write_scores(JsonWriter& json, const std::vector<ScoreItem>& items) {
  json.key("evidence");
  json.begin_array();
  for (const ScoreItem& item : items) {
    json.begin_object(Layout::line);
    json.member("points", item.points);
    json.member("what", item.what);
    json.member("where", item.where);
    json.end_object();
  }
  json.end_array();
}

void write_unreadable(JsonWriter& json, const OpenedImage& opened,
                      const std::vector<UnreadableInstallation>& installations) {
  json.key("unreadable_installations");
  json.begin_array();
  for (const UnreadableInstallation& installation : installations) {
    json.begin_object();
    volume_member(json, opened, installation.volume);
    json.member("locked", installation.locked);
    json.text_member("windows_directory", installation.windows_directory);
    json.text_member("description", installation.description);
    json.member("boot_entry", installation.boot_entry);
    json.member("is_default", installation.is_default);
    json.optional_text("reason", installation.reason);
    json.end_object();
  }
  json.end_array();
}

void write_boot(JsonWriter& json, const Image& image, bool evidence) {
  const BootManager& boot = image.boot_manager();
  json.key("boot_manager");
  json.begin_object();
  json.member("found", boot.chosen.has_value());
  letter_member(json, "drive", boot.drive);
  json.member("reason", boot.reason);
  write_stores(json, image, evidence);
  json.key("entries");
  json.begin_array();
  for (const BootEntry& entry : boot.entries) {
    json.begin_object();
    json.member("id", entry.id);
    json.text_member("description", entry.description);
    json.member("device", entry.device);
    json.text_member("path", entry.path);
    json.text_member("system_root", entry.system_root);
    json.member("is_default", entry.is_default);
    json.member("in_display_order", entry.in_display_order);
    json.member("starts_chosen", entry.starts_chosen);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace casement::cli

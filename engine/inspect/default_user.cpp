// SPDX-License-Identifier: Apache-2.0
// Where the settings of a user who does not exist yet are kept.
#include <utility>

#include "engine/hive/hive.h"
#include "engine/image/registry_read.h"
#include "engine/inspect/intl_parts.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view profile_list = u"Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

/// "%SystemDrive%\Users\Default"; before Vista a name below the directory of all profiles.
std::u16string default_profile(FactReader& reader) {
  if (const auto path = reader.filled_text(HiveId::software, profile_list, u"Default")) {
    return path->value;
  }
  const auto parent = reader.filled_text(HiveId::software, profile_list, u"ProfilesDirectory");
  const auto name = reader.filled_text(HiveId::software, profile_list, u"DefaultUserProfile");
  return parent && name ? parent->value + u"\\" + name->value : u"\\Users\\Default";
}

void add_profile(FactReader& reader, std::vector<SettingsSource>& sources) {
  const std::u16string path = default_profile(reader) + u"\\NTUSER.DAT";
  auto hive = reader.image().hive_at(path);
  if (!hive) {
    reader.findings().add("hive-unreadable", Error(hive.error()).context(to_utf8(path)));
    return;
  }
  if (!*hive) {
    return;
  }
  const auto file = reader.image().find_file(path);
  const std::u16string& place = file && *file ? (*file)->path : path;
  sources.push_back({.hive = *std::move(hive), .file = to_utf8(place), .prefix = {}});
}

}  // namespace

std::vector<SettingsSource> default_user_sources(FactReader& reader) {
  std::vector<SettingsSource> sources;
  add_profile(reader, sources);
  if (HivePtr hive = reader.hive(HiveId::default_user)) {
    sources.push_back({.hive = std::move(hive),
                       .file = reader.evidence(HiveId::default_user, {}, {}).path,
                       .prefix = {}});
  }
  const std::u16string all_users = reader.control_set(u"Control\\CommonGlobUserSettings");
  if (HivePtr hive = reader.hive(HiveId::system); hive && !all_users.empty()) {
    sources.push_back({.hive = std::move(hive),
                       .file = reader.evidence(HiveId::system, {}, {}).path,
                       .prefix = all_users});
  }
  return sources;
}

MaybeFact<std::u16string> source_text(FactReader& reader, const SettingsSource& source,
                                      std::u16string_view key, std::u16string_view name) {
  const std::u16string path = join_key(source.prefix, key);
  auto text = read_string(*source.hive, path, name);
  if (!text) {
    const bool type = text.error().status() == Status::invalid_data;
    reader.findings().add(type ? "wrong-type" : "damaged",
                          Error(text.error()).context(source.file));
    return std::nullopt;
  }
  if (!*text || (*text)->empty()) {
    return std::nullopt;
  }
  const bool recovered = source.hive->state().condition == HiveCondition::recovered;
  return Fact<std::u16string>{.value = **std::move(text),
                              .evidence = {.path = source.file,
                                           .key = to_utf8(path),
                                           .value = to_utf8(name),
                                           .recovered = recovered}};
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// International settings: of the system from SYSTEM, of new users from the default profile.
#include "engine/inspect/intl.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "engine/image/registry_read.h"
#include "engine/inspect/geo_locations.h"
#include "engine/inspect/identity_parts.h"
#include "engine/inspect/intl_parts.h"
#include "vfs/core/ascii.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr HiveId hive = HiveId::system;
constexpr std::u16string_view international_key = u"Control Panel\\International";

/// The first language of a list; of Windows Vista and later.
MaybeFact<std::u16string> preferred_language(FactReader& reader) {
  const std::u16string key = reader.control_set(u"Control\\MUI\\Settings");
  const HivePtr system = reader.hive(hive);
  if (!system || key.empty()) {
    return std::nullopt;
  }
  const auto value = read_value(*system, key, u"PreferredUILanguages");
  if (value && !*value) {
    return std::nullopt;
  }
  const auto list = value ? (*value)->as_strings()
                          : Result<std::vector<std::u16string>>(std::unexpected(value.error()));
  if (!list) {
    const bool type = list.error().status() == Status::invalid_data;
    reader.findings().add(type ? "wrong-type" : "damaged",
                          Error(list.error()).context("PreferredUILanguages"));
    return std::nullopt;
  }
  if (list->empty() || list->front().empty()) {
    return std::nullopt;
  }
  return Fact<std::u16string>{.value = list->front(),
                              .evidence = reader.evidence(hive, key, u"PreferredUILanguages")};
}

MaybeFact<std::u16string> system_locale(FactReader& reader) {
  auto lcid = reader.filled_text(hive, reader.control_set(u"Control\\Nls\\Language"), u"Default");
  if (!lcid) {
    lcid = reader.filled_text(hive, reader.control_set(u"Control\\Nls\\Locale"), u"");
  }
  return lcid ? read_language_tag(reader, *lcid) : std::nullopt;
}

MaybeFact<std::u16string> user_locale(FactReader& reader,
                                      const std::vector<SettingsSource>& sources) {
  for (const SettingsSource& source : sources) {
    if (auto name = source_text(reader, source, international_key, u"LocaleName")) {
      return name;
    }
    // Before Vista there is the number alone.
    if (const auto lcid = source_text(reader, source, international_key, u"Locale")) {
      if (auto tag = read_language_tag(reader, *lcid)) {
        return tag;
      }
    }
  }
  return std::nullopt;
}

/// At most nine digits: GEOID is a LONG.
std::optional<std::uint32_t> parse_geo_id(std::u16string_view text) {
  return text.size() > 9 ? std::nullopt : parse_digits<std::uint32_t>(text);
}

MaybeFact<std::uint32_t> location(FactReader& reader, const std::vector<SettingsSource>& sources) {
  for (const SettingsSource& source : sources) {
    const auto nation = source_text(reader, source, join_key(international_key, u"Geo"), u"Nation");
    if (!nation) {
      continue;
    }
    if (const auto number = parse_geo_id(nation->value)) {
      return Fact<std::uint32_t>{.value = *number, .evidence = nation->evidence};
    }
    reader.findings().add(
        Severity::warning, "damaged",
        fmt::format("{} {}!Nation: \"{}\" is no location number", nation->evidence.path,
                    nation->evidence.key, to_utf8(nation->value)));
  }
  return std::nullopt;
}

/// Layouts that SYSTEM has loaded for the logon screen: the last place to look.
SettingsSource logon_screen(FactReader& reader, HivePtr system) {
  return {.hive = std::move(system), .file = reader.evidence(hive, {}, {}).path, .prefix = {}};
}

}  // namespace

InternationalSettings read_international_settings(const Image& image) {
  InternationalSettings settings;
  FactReader reader(image, settings.diagnostics);
  settings.ui_language = read_install_language(reader);
  if (!settings.ui_language) {
    settings.ui_language = preferred_language(reader);
  }
  settings.system_locale = system_locale(reader);
  settings.time_zone = read_time_zone_name(reader);

  std::vector<SettingsSource> sources = default_user_sources(reader);
  settings.user_locale = user_locale(reader, sources);
  settings.location = location(reader, sources);
  if (settings.location) {
    settings.location_name = location_name(settings.location->value).value_or(u"");
  }
  if (HivePtr system = reader.hive(hive)) {
    sources.push_back(logon_screen(reader, std::move(system)));
  }
  read_keyboards(reader, sources, settings);
  read_installed_languages(reader, settings);
  return settings;
}

}  // namespace casement

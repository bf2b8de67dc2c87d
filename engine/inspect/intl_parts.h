// SPDX-License-Identifier: Apache-2.0
// The groups of settings that read_international_settings() is made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/intl.h"

namespace casement {

/// A place that holds settings of a user: a hive, and the key in it that stands for his root.
struct SettingsSource {
  HivePtr hive;
  std::string file;       // for evidence
  std::u16string prefix;  // empty: the root of the hive
};

/// Where the default user's settings lie, best first: his own NTUSER.DAT, the DEFAULT hive, what
/// SYSTEM keeps for all users. Those that are not there are left out.
std::vector<SettingsSource> default_user_sources(FactReader& reader);

/// A text below a source; empty counts as absent. Damage is a finding.
MaybeFact<std::u16string> source_text(FactReader& reader, const SettingsSource& source,
                                      std::u16string_view key, std::u16string_view name);

/// Keyboard layouts, and the layered driver.
void read_keyboards(FactReader& reader, const std::vector<SettingsSource>& sources,
                    InternationalSettings& settings);

/// MUI\UILanguages.
void read_installed_languages(FactReader& reader, InternationalSettings& settings);

}  // namespace casement

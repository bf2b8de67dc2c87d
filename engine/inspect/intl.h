// SPDX-License-Identifier: Apache-2.0
// International settings: languages, locales, keyboards, time zone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/inspect/fact.h"
#include "engine/inspect/fact_reader.h"

namespace casement {

enum class LanguageKind : std::uint8_t { full, partial, interface_pack };

struct InstalledLanguage {
  std::u16string tag;  // "en-US"
  LanguageKind kind = LanguageKind::full;
  std::vector<std::u16string> fallbacks;
  Evidence evidence;
};

/// Absent facts are nullopt.
struct InternationalSettings {
  MaybeFact<std::u16string> ui_language;        // default of the system
  MaybeFact<std::u16string> system_locale;      // tag
  MaybeFact<std::u16string> time_zone;          // "Pacific Standard Time"
  MaybeFact<std::u16string> user_locale;        // tag; of the default user
  MaybeFact<std::uint32_t> location;            // GEOID
  std::u16string location_name;                 // "United States"; empty: an unknown number
  std::vector<Fact<std::u16string>> keyboards;  // "0409:00000409"
  /// 1 to 6; and its name, "PC/AT Enhanced Keyboard (101/102-Key)".
  MaybeFact<std::uint32_t> layered_driver;
  std::u16string layered_driver_name;        // empty: not installed
  std::vector<InstalledLanguage> languages;  // by tag
  Diagnostics diagnostics;
};
InternationalSettings read_international_settings(const Image& image);

/// Languages of Setup media: sources\lang.ini.
struct DistributionLanguages {
  std::u16string default_language;
  std::vector<std::u16string> others;
};
/// From the bytes of a lang.ini. corrupt: no [Available UI Languages].
Result<DistributionLanguages> parse_lang_ini(Bytes ini);

}  // namespace casement

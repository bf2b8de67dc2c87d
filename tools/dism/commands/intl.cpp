// SPDX-License-Identifier: Apache-2.0
// /Get-Intl: languages, locales and keyboards of the image, and the languages of Setup media.
#include "engine/inspect/intl.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tools/dism/commands/commands.h"
#include "tools/dism/commands/distribution.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"

namespace casement::dism {
namespace {

std::string text_of(const MaybeFact<std::u16string>& fact) {
  return fact ? printable(fact->value) : std::string();
}

std::vector<std::u16string> values_of(const std::vector<Fact<std::u16string>>& facts) {
  std::vector<std::u16string> values;
  values.reserve(facts.size());
  std::ranges::transform(facts, std::back_inserter(values), &Fact<std::u16string>::value);
  return values;
}

/// A language that is not complete shows another one where it lacks texts.
void add_fallback(std::string& out, const InternationalSettings& settings) {
  const auto language = std::ranges::find_if(settings.languages, [&](const auto& installed) {
    return settings.ui_language && installed.tag == settings.ui_language->value;
  });
  if (language != settings.languages.end() && !language->fallbacks.empty()) {
    add_field(out, "The UI language fallback is", printable_list(language->fallbacks));
  }
}

const char* kind_text(LanguageKind kind) {
  switch (kind) {
    case LanguageKind::full:
      return "Fully localized language.";
    case LanguageKind::partial:
      return "Partially localized language, MUI type.";
    case LanguageKind::interface_pack:
      return "Partially localized language, LIP type.";
  }
  return "";
}

void add_language(std::string& out, const InstalledLanguage& language) {
  out += fmt::format("Installed language(s): {}\n  Type : {}\n", printable(language.tag),
                     kind_text(language.kind));
  if (!language.fallbacks.empty()) {
    out += fmt::format("  Fallback Languages {}\n", printable_list(language.fallbacks));
  }
}

std::string location_text(const InternationalSettings& settings) {
  return settings.location ? fmt::format("{} (GEOID = {})", printable(settings.location_name),
                                         settings.location->value)
                           : std::string();
}

void add_settings(std::string& out, const InternationalSettings& settings) {
  out += "Reporting offline international settings.\n\n";
  add_field(out, "Default system UI language", text_of(settings.ui_language));
  add_fallback(out, settings);
  add_field(out, "System locale", text_of(settings.system_locale));
  add_field(out, "Default time zone", text_of(settings.time_zone));
  add_field(out, "User locale for default user", text_of(settings.user_locale));
  add_field(out, "Location", location_text(settings));
  add_field(out, "Active keyboard(s)", printable_list(values_of(settings.keyboards)));
  add_field(out, "Keyboard layered driver",
            settings.layered_driver_name.empty() ? std::string("Not installed.")
                                                 : printable(settings.layered_driver_name));
  out += settings.languages.empty() ? "" : "\n";
  for (const InstalledLanguage& language : settings.languages) {
    add_language(out, language);
  }
}

void add_distribution(std::string& out, const DistributionLanguages& languages) {
  out += "Reporting distribution languages.\n\nThe default language in the distribution is:\n";
  out += printable(languages.default_language);
  out += "\n\nThe other available languages in the distribution are:\n";
  out += languages.others.empty() ? "No languages found" : printable_list(languages.others);
  out += '\n';
}

}  // namespace

Result<void> get_intl(Context& context) {
  const auto distribution = context.request().value("Distribution");
  if (!context.session() && !distribution) {
    return context.refuse(wrong_usage, usage::missing_option("Get-Intl", "/Image or /Distribution"),
                          "neither an image nor a distribution was named");
  }
  std::string& out = context.text();
  if (context.session()) {
    const InternationalSettings settings = read_international_settings(context.image());
    add_settings(out, settings);
    context.note(settings.diagnostics);
  }
  if (distribution) {
    const DistributionLanguages languages = CASEMENT_TRY(read_distribution(context, *distribution));
    out += context.session() ? "\n" : "";
    add_distribution(out, languages);
  }
  return {};
}

}  // namespace casement::dism

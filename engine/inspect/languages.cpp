// SPDX-License-Identifier: Apache-2.0
// Default language and installed languages.
#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "engine/inspect/identity_parts.h"
#include "engine/inspect/language_tags.h"
#include "vfs/core/ascii.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr HiveId hive = HiveId::system;
constexpr std::size_t max_languages = 1024;  // Windows has language packs for about 110

std::optional<std::uint32_t> from_hex(std::u16string_view text) {
  return text.size() > 8 ? std::nullopt : parse_digits<std::uint32_t>(text, 16);
}

std::vector<Fact<std::u16string>> installed_languages(FactReader& reader) {
  std::vector<Fact<std::u16string>> languages;
  const std::u16string path = reader.control_set(u"Control\\MUI\\UILanguages");
  const HivePtr system = path.empty() ? nullptr : reader.hive(hive);
  if (!system) {
    return languages;
  }
  const auto key = system->find(path);
  if (!key) {
    reader.findings().add("damaged", key.error());
    return languages;
  }
  if (!*key) {
    return languages;
  }
  SubkeyReader subkeys = (*key)->subkeys();
  for (std::size_t read = 0; read < max_languages; ++read) {
    const auto subkey = subkeys.next();
    if (!subkey) {
      reader.findings().add("damaged", subkey.error());
      continue;
    }
    if (!*subkey) {
      break;
    }
    const std::u16string tag = (*subkey)->name().to_u16string();
    languages.push_back({.value = tag, .evidence = reader.evidence(hive, path + u"\\" + tag, {})});
  }
  return languages;
}

}  // namespace

MaybeFact<std::u16string> read_language_tag(FactReader& reader, const Fact<std::u16string>& lcid) {
  const auto number = from_hex(lcid.value);
  const auto tag = number ? language_tag(*number) : std::nullopt;
  if (!tag) {
    reader.findings().add(Severity::warning, "unknown-language",
                          fmt::format("{} {}!{}: \"{}\" is no language identifier that is known "
                                      "here",
                                      lcid.evidence.path, lcid.evidence.key, lcid.evidence.value,
                                      to_utf8(lcid.value)));
    return std::nullopt;
  }
  return Fact<std::u16string>{.value = std::u16string(*tag), .evidence = lcid.evidence};
}

MaybeFact<std::u16string> read_install_language(FactReader& reader) {
  const std::u16string key = reader.control_set(u"Control\\Nls\\Language");
  auto lcid = reader.filled_text(hive, key, u"InstallLanguage");
  if (!lcid) {
    lcid = reader.filled_text(hive, key, u"Default");  // NT 4 has no other
  }
  return lcid ? read_language_tag(reader, *lcid) : std::nullopt;
}

void read_languages(FactReader& reader, Identity& identity) {
  identity.default_language = read_install_language(reader);
  identity.languages = installed_languages(reader);
}

}  // namespace casement

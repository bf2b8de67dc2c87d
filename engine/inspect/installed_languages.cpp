// SPDX-License-Identifier: Apache-2.0
// The languages that Windows can speak: MUI\UILanguages.
#include <fmt/format.h>

#include <algorithm>

#include "engine/image/registry_read.h"
#include "engine/inspect/intl_parts.h"
#include "engine/inspect/registry_list.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr HiveId hive_id = HiveId::system;
constexpr std::size_t max_languages = 1024;  // Windows has language packs for about 110
constexpr std::size_t max_fallbacks = 64;

// The low half of a byte of Type: MUI_FULL_LANGUAGE and its fellows of winnls.h. The bits above it
// differ between versions of Windows (0x91 in 7, 0x111 since 8.1).
constexpr std::uint32_t kind_mask = 0x0F;
constexpr std::uint32_t full_language = 0x01;
constexpr std::uint32_t partial_language = 0x02;
constexpr std::uint32_t interface_pack = 0x04;

LanguageKind kind_of(FactReader& reader, const std::u16string& key, const std::u16string& tag) {
  const auto type = reader.dword(hive_id, key, u"Type");
  switch (type ? type->value & kind_mask : 0) {
    case full_language:
      return LanguageKind::full;
    case partial_language:
      return LanguageKind::partial;
    case interface_pack:
      return LanguageKind::interface_pack;
    default:
      break;
  }
  reader.findings().add(
      Severity::warning, "unknown-language-type",
      type ? fmt::format("language {}: Type is 0x{:x}, taken for a full language", to_utf8(tag),
                         type->value)
           : fmt::format("language {} has no Type, taken for a full language", to_utf8(tag)));
  return LanguageKind::full;
}

/// DefaultFallback names the value that lists them.
std::vector<std::u16string> fallbacks_of(FactReader& reader, const Hive& hive,
                                         const std::u16string& key) {
  const auto first = reader.filled_text(hive_id, key, u"DefaultFallback");
  if (!first) {
    return {};
  }
  const auto value = read_value(hive, key, first->value);
  if (value && !*value) {
    return {first->value};
  }
  auto list = value ? (*value)->as_strings()
                    : Result<std::vector<std::u16string>>(std::unexpected(value.error()));
  if (!list) {
    const bool type = list.error().status() == Status::invalid_data;
    reader.findings().add(type ? "wrong-type" : "damaged",
                          Error(list.error()).context(to_utf8(key) + "!" + to_utf8(first->value)));
    return {first->value};
  }
  if (list->empty()) {
    return {first->value};
  }
  list->resize(std::min(list->size(), max_fallbacks));
  return *std::move(list);
}

}  // namespace

void read_installed_languages(FactReader& reader, InternationalSettings& settings) {
  const std::u16string path = reader.control_set(u"Control\\MUI\\UILanguages");
  const HivePtr hive = reader.hive(hive_id);
  if (!hive) {
    return;
  }
  for (std::u16string& tag : subkey_names(*hive, path, max_languages, reader.findings())) {
    const std::u16string key = join_key(path, tag);
    InstalledLanguage language;
    language.kind = kind_of(reader, key, tag);
    language.fallbacks = fallbacks_of(reader, *hive, key);
    language.evidence = reader.evidence(hive_id, key, u"Type");
    language.tag = std::move(tag);
    settings.languages.push_back(std::move(language));
  }
  std::sort(settings.languages.begin(), settings.languages.end(),
            [](const InstalledLanguage& a, const InstalledLanguage& b) {
              return compare_folded(a.tag, b.tag) < 0;
            });
}

}  // namespace casement

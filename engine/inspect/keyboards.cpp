// SPDX-License-Identifier: Apache-2.0
// Keyboard layouts of new users, and the driver for keyboards of Japan and Korea.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/image/registry_read.h"
#include "engine/inspect/intl_parts.h"
#include "engine/inspect/registry_list.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view preload_key = u"Keyboard Layout\\Preload";
constexpr std::u16string_view substitutes_key = u"Keyboard Layout\\Substitutes";
constexpr std::size_t max_layouts = 256;  // Windows itself has about 200

struct LayeredDriver {
  std::u16string_view identifier;  // OverrideKeyboardIdentifier
  std::u16string_view name;        // as the LayeredDriver setting of unattended installation has it
};

/// By number, from 1.
constexpr std::array<LayeredDriver, 6> layered_drivers = {{
    {u"PCAT_101KEY", u"PC/AT Enhanced Keyboard (101/102-Key)"},
    {u"PCAT_101AKEY", u"Korean PC/AT 101-Key Compatible Keyboard/MS Natural Keyboard (Type 1)"},
    {u"PCAT_101BKEY", u"Korean PC/AT 101-Key Compatible Keyboard/MS Natural Keyboard (Type 2)"},
    {u"PCAT_101CKEY", u"Korean PC/AT 101-Key Compatible Keyboard/MS Natural Keyboard (Type 3)"},
    {u"PCAT_103KEY", u"Korean Keyboard (103/106 Key)"},
    {u"PCAT_106KEY", u"Japanese Keyboard (106/109 Key)"},
}};

bool is_layout(std::u16string_view text) {
  return text.size() == 8 &&
         std::ranges::all_of(text, [](char16_t unit) { return hex_digit(unit).has_value(); });
}

/// Names of Preload are "1", "2", ...: shorter ones are smaller.
bool comes_before(const NamedText& a, const NamedText& b) {
  return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name;
}

/// What "Substitutes" puts in the place of a layout.
std::u16string_view substituted(const std::vector<NamedText>& substitutes,
                                const std::u16string& layout) {
  for (const NamedText& substitute : substitutes) {
    if (equals_folded(substitute.name, layout)) {
      return substitute.text;
    }
  }
  return layout;
}

/// "0409:00000409": the language is the low half of what is loaded, also when another layout
/// stands in for it.
std::vector<Fact<std::u16string>> layouts_of(FactReader& reader, const SettingsSource& source) {
  const std::u16string preload = join_key(source.prefix, preload_key);
  std::vector<NamedText> loaded =
      text_values(*source.hive, preload, max_layouts, reader.findings());
  std::sort(loaded.begin(), loaded.end(), comes_before);
  std::vector<NamedText> substitutes;
  if (!loaded.empty()) {
    substitutes = text_values(*source.hive, join_key(source.prefix, substitutes_key), max_layouts,
                              reader.findings());
  }
  std::vector<Fact<std::u16string>> keyboards;
  for (const NamedText& layout : loaded) {
    const std::u16string_view real = substituted(substitutes, layout.text);
    if (!is_layout(layout.text) || !is_layout(real)) {
      reader.findings().add(
          Severity::warning, "damaged",
          fmt::format("{}: {}!{} is \"{}\", expected eight hexadecimal digits", source.file,
                      to_utf8(preload), to_utf8(layout.name), to_utf8(layout.text)));
      continue;
    }
    const bool recovered = source.hive->state().condition == HiveCondition::recovered;
    keyboards.push_back({.value = layout.text.substr(4) + u":" + std::u16string(real),
                         .evidence = {.path = source.file,
                                      .key = to_utf8(preload),
                                      .value = to_utf8(layout.name),
                                      .recovered = recovered}});
  }
  return keyboards;
}

void read_layered_driver(FactReader& reader, InternationalSettings& settings) {
  const auto identifier =
      reader.filled_text(HiveId::system, reader.control_set(u"Services\\i8042prt\\Parameters"),
                         u"OverrideKeyboardIdentifier");
  if (!identifier) {
    return;
  }
  for (std::size_t i = 0; i < layered_drivers.size(); ++i) {
    const LayeredDriver& driver = layered_drivers.at(i);
    if (equals_folded(identifier->value, driver.identifier)) {
      settings.layered_driver = {.value = static_cast<std::uint32_t>(i + 1),
                                 .evidence = identifier->evidence};
      settings.layered_driver_name = driver.name;
      return;
    }
  }
  reader.findings().add(Severity::note, "unknown-keyboard",
                        fmt::format("{} {}!{} is \"{}\", which is no layered driver known here",
                                    identifier->evidence.path, identifier->evidence.key,
                                    identifier->evidence.value, to_utf8(identifier->value)));
}

}  // namespace

void read_keyboards(FactReader& reader, const std::vector<SettingsSource>& sources,
                    InternationalSettings& settings) {
  for (const SettingsSource& source : sources) {
    settings.keyboards = layouts_of(reader, source);
    if (!settings.keyboards.empty()) {
      break;
    }
  }
  read_layered_driver(reader, settings);
}

}  // namespace casement

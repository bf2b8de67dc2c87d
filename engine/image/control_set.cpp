// SPDX-License-Identifier: Apache-2.0
// Reading SYSTEM\Select and checking what it says.
#include "engine/image/control_set.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "engine/image/registry_read.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view key_prefix = u"ControlSet";

/// The number in "ControlSet012"; nullopt for any other name.
std::optional<std::uint32_t> number_of(std::u16string_view name) {
  if (name.size() <= key_prefix.size() || name.size() > key_prefix.size() + 6 ||
      !equals_folded(name.substr(0, key_prefix.size()), key_prefix)) {
    return std::nullopt;
  }
  const auto number = parse_digits<std::uint32_t>(name.substr(key_prefix.size()));
  return number == 0U ? std::nullopt : number;
}

/// Every set that the hive has, with the names of the keys as stored; of two with one number the
/// first.
std::map<std::uint32_t, std::u16string> stored_sets(const Hive& system, Diagnostics& findings) {
  std::map<std::uint32_t, std::u16string> sets;
  const Result<Key> root = system.root();
  if (!root) {
    findings.add("control-set", root.error());
    return sets;
  }
  SubkeyReader reader = root->subkeys();
  for (std::uint32_t read = 0; read < system.limits().max_key_entries; ++read) {
    const auto subkey = reader.next();
    if (!subkey) {
      findings.add("control-set", subkey.error());
      continue;
    }
    if (!*subkey) {
      break;
    }
    std::u16string name = (*subkey)->name().to_u16string();
    if (const auto number = number_of(name)) {
      sets.emplace(*number, std::move(name));
    }
  }
  return sets;
}

/// A DWORD of Select, when it is there and is one.
std::optional<std::uint32_t> select_value(const Hive& system, std::u16string_view name,
                                          Diagnostics& findings) {
  const auto value = read_integer(system, u"Select", name);
  if (!value) {
    findings.add("control-set", value.error());
    return std::nullopt;
  }
  if (!*value || **value == 0 || **value > 999'999) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(**value);
}

/// The key of that set: by its usual name, else among those that are stored.
std::optional<std::u16string> key_of(const Hive& system, std::uint32_t number,
                                     Diagnostics& findings) {
  std::u16string usual = control_set_key(number);
  const auto key = system.find(usual);
  if (!key) {
    findings.add("control-set", key.error());
    return std::nullopt;
  }
  if (*key) {
    return usual;
  }
  auto sets = stored_sets(system, findings);
  const auto found = sets.find(number);
  return found == sets.end() ? std::nullopt : std::optional(std::move(found->second));
}

}  // namespace

std::u16string control_set_key(std::uint32_t number) {
  const std::string text = fmt::format("ControlSet{:03}", number);
  return {text.begin(), text.end()};
}

ControlSet find_control_set(const Hive& system, Diagnostics& findings) {
  if (const auto failed = select_value(system, u"Failed", findings)) {
    findings.add(
        Severity::note, "control-set-failed",
        fmt::format("SYSTEM\\Select!Failed names control set {}: a start from it failed", *failed));
  }
  bool first = true;
  for (const std::u16string_view name : {u"Current", u"Default", u"LastKnownGood"}) {
    const auto number = select_value(system, name, findings);
    if (auto key = number ? key_of(system, *number, findings) : std::nullopt) {
      return {.number = *number, .key = *std::move(key), .as_selected = first};
    }
    findings.add(Severity::warning, "control-set-select",
                 number
                     ? fmt::format("SYSTEM\\Select!{} names {}, which is not in the hive",
                                   to_utf8(name), to_utf8(control_set_key(*number)))
                     : fmt::format("SYSTEM\\Select!{} is missing or names no set", to_utf8(name)));
    first = false;
  }
  if (const auto sets = stored_sets(system, findings); !sets.empty()) {
    const auto& [number, key] = *sets.begin();
    findings.add(Severity::warning, "control-set-guessed",
                 fmt::format("{} is taken: the lowest control set in the hive", to_utf8(key)));
    return {.number = number, .key = key, .as_selected = false};
  }
  findings.add(Severity::error, "control-set-missing", "the SYSTEM hive has no control set");
  return {};
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What lies below a registry key, as questions list it: damage is a finding and hides no sibling.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/fact_reader.h"

namespace casement {

/// The key, or nullopt: not there, or damaged ("damaged").
std::optional<Key> find_list_key(const Hive& hive, std::u16string_view path, Diagnostics& findings);

/// Names of the subkeys in stored order, at most `limit` ("limit" tells that there are more).
/// Empty when the key is not there.
std::vector<std::u16string> subkey_names(const Hive& hive, std::u16string_view path,
                                         std::size_t limit, Diagnostics& findings);
std::vector<std::u16string> subkey_names(FactReader& reader, HiveId id, std::u16string_view path,
                                         std::size_t limit);

/// A value that is text, and its name.
struct NamedText {
  std::u16string name;
  std::u16string text;
};
/// The values of a key that are text, in stored order; others are findings ("wrong-type"), and so
/// are texts over 32 KiB ("limit").
std::vector<NamedText> text_values(const Hive& hive, std::u16string_view path, std::size_t limit,
                                   Diagnostics& findings);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Registry paths as people type them and as .reg files spell them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casement::cli {

/// KEY as typed: '/' separates only where there is no '\', because key names may contain '/'.
/// Separators at the end go away; one at the beginning may mean something (\REGISTRY\MACHINE).
std::u16string normalise_key(std::u16string_view typed);

/// "HKLM" or "HKU" when `key` is nothing but such a root, in any of its spellings; "" for an empty
/// key; nullopt for everything else.
std::optional<std::u16string> as_bare_root(std::u16string_view key);

/// HKLM\..., HKU\... with the long names that .reg files need.
std::u16string with_long_root(std::u16string_view path);

/// The names that a registry path may begin with, short ones and long ones.
std::vector<std::u16string_view> root_names();

}  // namespace casement::cli

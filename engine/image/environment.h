// SPDX-License-Identifier: Apache-2.0
// The environment variables that the installation would have, from its own registry.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/image/facts.h"

namespace casement {

/// The value of a variable, or nullopt. The value may name further variables.
using VariableLookup = std::function<std::optional<std::u16string>(std::u16string_view name)>;

/// Replaces %NAME% as ExpandEnvironmentStrings does: what is not defined stays as it is. Values are
/// expanded in turn, to a depth that ends self-references. limit_exceeded: longer than 32,767
/// units.
Result<std::u16string> expand_variables(std::u16string_view text, const VariableLookup& lookup);

/// What the lookup of an installation knows.
struct EnvironmentSources {
  std::u16string system_root;  // "C:\Windows", as it is reachable in the image
  HivePtr system;              // may be null
  HivePtr software;            // may be null
  std::u16string control_set;  // key; empty: none
};

/// SystemRoot, windir and SystemDrive; the folders that SOFTWARE names (ProgramFiles, ProgramData,
/// ALLUSERSPROFILE, PUBLIC, ...); everything in Session Manager\Environment. Variables of a user
/// (USERPROFILE, APPDATA) are not defined.
std::optional<std::u16string> find_variable(const EnvironmentSources& sources,
                                            std::u16string_view name);

}  // namespace casement

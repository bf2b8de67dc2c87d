// SPDX-License-Identifier: Apache-2.0
// Explaining that a key or value is not there, so that the next attempt succeeds.
#pragma once

#include <string_view>

#include "tools/casement/commands/registry_source.h"

namespace casement::cli {

/// Says on standard error that `key` (separated by '\') is not there: the deepest key of its path
/// that is, and names below it that look alike or, failing that, the first that there are. Knows
/// keys whose backslashes the shell took away.
void say_missing_key(const RegistrySource& source, std::u16string_view key);

/// The same for a value of `start`.
void say_missing_value(const RegStart& start, std::u16string_view name);

/// The hint for a KEY that begins like "HKLMSOFTWARE", or an empty text.
std::string eaten_backslashes_hint(std::u16string_view key);

}  // namespace casement::cli

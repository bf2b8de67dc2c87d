// SPDX-License-Identifier: Apache-2.0
// Strings as the caller passes them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/dismapi/dismapi.h"
#include "vfs/core/result.h"

namespace casement::dismapi {

/// Units of the longest string, without its NUL: the longest path that Windows has. Memory behind
/// it is not looked at, so a string without a NUL does little harm.
inline constexpr std::size_t max_string_units = 32767;

/// invalid_argument, naming the parameter `name`: NULL, empty, too long, or not valid UTF-16.
Result<std::u16string> required_string(PCWSTR text, const char* name);

/// The same, but NULL and the empty string are nullopt.
Result<std::optional<std::u16string>> optional_string(PCWSTR text, const char* name);

}  // namespace casement::dismapi

// SPDX-License-Identifier: Apache-2.0
// Single values of a hive by key path and name: what opening an image and its questions need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/hive/hive.h"

namespace casement {

/// One value, or nullopt when the key or the value is not there. Errors carry "key!value".
Result<std::optional<Value>> read_value(const Hive& hive, std::u16string_view key,
                                        std::u16string_view name);

/// Value::as_string, Value::as_integer. invalid_data: a value of another type.
Result<std::optional<std::u16string>> read_string(const Hive& hive, std::u16string_view key,
                                                  std::u16string_view name);
Result<std::optional<std::uint64_t>> read_integer(const Hive& hive, std::u16string_view key,
                                                  std::u16string_view name);

/// A key and a subkey path, joined by '\'; either may be empty.
std::u16string join_key(std::u16string_view key, std::u16string_view below);

}  // namespace casement

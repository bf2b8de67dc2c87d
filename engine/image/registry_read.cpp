// SPDX-License-Identifier: Apache-2.0
// Point lookups with the place in the error.
#include "engine/image/registry_read.h"

#include <fmt/format.h>

#include "vfs/core/utf16.h"

namespace casement {
namespace {

auto place(std::u16string_view key, std::u16string_view name) {
  return [key, name] { return fmt::format("value {}!{}", to_utf8(key), to_utf8(name)); };
}

}  // namespace

Result<std::optional<Value>> read_value(const Hive& hive, std::u16string_view key,
                                        std::u16string_view name) {
  const auto found = CASEMENT_TRY(hive.find(key).with_context(place(key, name)));
  if (!found) {
    return std::optional<Value>();
  }
  return found->value(name).with_context(place(key, name));
}

Result<std::optional<std::u16string>> read_string(const Hive& hive, std::u16string_view key,
                                                  std::u16string_view name) {
  const auto value = CASEMENT_TRY(read_value(hive, key, name));
  if (!value) {
    return std::optional<std::u16string>();
  }
  return std::optional(CASEMENT_TRY(value->as_string().with_context(place(key, name))));
}

Result<std::optional<std::uint64_t>> read_integer(const Hive& hive, std::u16string_view key,
                                                  std::u16string_view name) {
  const auto value = CASEMENT_TRY(read_value(hive, key, name));
  if (!value) {
    return std::optional<std::uint64_t>();
  }
  return std::optional(CASEMENT_TRY(value->as_integer().with_context(place(key, name))));
}

std::u16string join_key(std::u16string_view key, std::u16string_view below) {
  std::u16string joined(key);
  if (!joined.empty() && !below.empty()) {
    joined += u'\\';
  }
  joined += below;
  return joined;
}

}  // namespace casement

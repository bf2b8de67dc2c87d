// SPDX-License-Identifier: Apache-2.0
// Copies and checks the caller's strings.
#include "engine/dismapi/convert.h"

#include <fmt/format.h>

#include "vfs/core/utf16.h"

namespace casement::dismapi {

Result<std::optional<std::u16string>> optional_string(PCWSTR text, const char* name) {
  std::size_t length = 0;
  if (text != nullptr) {
    while (length <= max_string_units && text[length] != u'\0') {
      ++length;
    }
  }
  if (length == 0) {
    return std::nullopt;
  }
  if (length > max_string_units) {
    return fail(Status::invalid_argument,
                fmt::format("{} has more than {} characters", name, max_string_units));
  }
  std::u16string copy(text, length);
  if (!is_well_formed(copy)) {
    return fail(Status::invalid_argument,
                fmt::format("{} is not valid UTF-16: \"{}\"", name, to_utf8(copy)));
  }
  return copy;
}

Result<std::u16string> required_string(PCWSTR text, const char* name) {
  std::optional<std::u16string> given = CASEMENT_TRY(optional_string(text, name));
  if (!given) {
    return fail(Status::invalid_argument, fmt::format("{} is {}, but the call needs it", name,
                                                      text == nullptr ? "NULL" : "empty"));
  }
  return std::move(*given);
}

}  // namespace casement::dismapi

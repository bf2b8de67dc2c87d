// SPDX-License-Identifier: Apache-2.0
// Bounds on the texts of driver records.
#include "engine/inspect/driver_texts.h"

#include <fmt/format.h>

namespace casement {

Result<std::u16string> DriverTexts::read(const Value& value) {
  if (value.size() > max_value_bytes) {
    return fail(Status::limit_exceeded, fmt::format("a text of {} bytes, expected at most {}",
                                                    value.size(), max_value_bytes));
  }
  if (!take(value.size())) {
    return std::u16string();
  }
  return value.as_string();
}

bool DriverTexts::take(std::size_t bytes) {
  if (spent_) {
    return false;
  }
  if (bytes > max_total_bytes - taken_) {
    spent_ = true;
    findings_.add(Severity::error, "limit",
                  fmt::format("{}: only {} bytes of text are read", what_, taken_));
    return false;
  }
  taken_ += bytes;
  return true;
}

}  // namespace casement

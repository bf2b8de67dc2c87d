// SPDX-License-Identifier: Apache-2.0
// The messages of functions that are not implemented.
#include "engine/dismapi/function_table.h"

#include <fmt/format.h>

#include <cassert>

namespace casement::dismapi {

std::string unavailable_message(Function function) {
  const FunctionRow& row = row_of(function);
  assert(row.state != FunctionState::implemented);
  if (row.state == FunctionState::read_only) {
    return fmt::format("read-only engine: {} is not available", row.name);
  }
  return fmt::format("{} is not built yet in this version", row.name);
}

}  // namespace casement::dismapi

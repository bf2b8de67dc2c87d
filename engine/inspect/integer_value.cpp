// SPDX-License-Identifier: Apache-2.0
// Registry values that must fit 32 bits.
#include "engine/inspect/integer_value.h"

#include <fmt/format.h>

#include "vfs/core/checked.h"

namespace casement {

Result<std::uint32_t> as_dword(const Value& value) {
  const std::uint64_t wide = CASEMENT_TRY(value.as_integer());
  if (const auto narrow = checked_cast<std::uint32_t>(wide)) {
    return *narrow;
  }
  return fail(Status::invalid_data, fmt::format("{} does not fit 32 bits", wide));
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Registry values that must fit 32 bits.
#pragma once

#include <cstdint>

#include "engine/hive/value.h"

namespace casement {

/// invalid_data: not an integer, or one of more than 32 bits.
Result<std::uint32_t> as_dword(const Value& value);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The hash that guards log entries.
#pragma once

#include <cstdint>

#include "vfs/core/bytes.h"

namespace casement {

/// Marvin32 with the seed that Windows uses for registry logs.
[[nodiscard]] std::uint64_t registry_log_hash(Bytes input) noexcept;

}  // namespace casement

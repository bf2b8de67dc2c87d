// SPDX-License-Identifier: Apache-2.0
// Zeros, which stand for what an image does not hold.
#pragma once

#include <algorithm>
#include <cstddef>

#include "vfs/core/bytes.h"

namespace casement {

/// Not std::ranges::fill(): in g++ 12 that is a loop over bytes, which only optimised builds turn
/// into memset().
inline void zero_fill(MutableBytes out) noexcept {
  std::fill(out.begin(), out.end(), std::byte{0});
}

/// Nothing but zeros.
inline bool is_zero_filled(Bytes bytes) noexcept {
  return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace casement

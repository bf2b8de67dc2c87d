// SPDX-License-Identifier: Apache-2.0
// A field as it lies on disk takes no part in arithmetic before its value is taken.
// Refused: (no match for .operator|invalid operands)
#include <cstdint>

#include "vfs/core/endian.h"

std::uint32_t product(casement::le16 a, casement::le16 b) {
#ifdef MISUSE
  return a * b;
#else
  return std::uint32_t{a.value()} * b.value();
#endif
}

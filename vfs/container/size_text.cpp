// SPDX-License-Identifier: Apache-2.0
// Binary units, rounded down so that nothing looks larger than it is.
#include "vfs/container/size_text.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace casement {

std::string size_text(std::uint64_t bytes) {
  static constexpr std::array<const char*, 7> units = {"bytes", "KiB", "MiB", "GiB",
                                                       "TiB",   "PiB", "EiB"};
  constexpr std::uint64_t kib = 1024;
  if (bytes < kib * kib && bytes % kib != 0) {
    return fmt::format("{} bytes", bytes);
  }
  std::size_t unit = 0;
  std::uint64_t scale = 1;
  while (unit + 1 < units.size() && bytes / scale >= kib) {
    scale *= kib;
    ++unit;
  }
  const std::uint64_t tenths = (bytes % scale) * 10 / scale;  // fits: scale <= 2^60
  if (tenths == 0) {
    return fmt::format("{} {}", bytes / scale, units[unit]);
  }
  return fmt::format("{}.{} {}", bytes / scale, tenths, units[unit]);
}

}  // namespace casement

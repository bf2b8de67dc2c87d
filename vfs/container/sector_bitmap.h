// SPDX-License-Identifier: Apache-2.0
// Bitmaps of differencing disks: which sectors a file holds itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "vfs/core/byte_source.h"
#include "vfs/core/bytes.h"
#include "vfs/core/zero_fill.h"

namespace casement {

/// Whether sector `index` is held; bit 0 of a byte is its first sector. Precondition: the bitmap
/// has that many bits.
[[nodiscard]] inline bool sector_is_held(Bytes bitmap, std::size_t index) noexcept {
  return ((std::to_integer<unsigned>(bitmap[index / 8]) >> (index % 8)) & 1U) != 0;
}

/// The end of the run of equal bits that begins at `first`, at most `end`. Precondition:
/// first < end, and the bitmap has `end` bits.
[[nodiscard]] inline std::size_t sector_run_end(Bytes bitmap, std::size_t first,
                                                std::size_t end) noexcept {
  const bool held = sector_is_held(bitmap, first);
  const std::byte whole = held ? std::byte{0xFF} : std::byte{0};
  std::size_t next = first + 1;
  while (next < end) {
    if (next % 8 == 0 && bitmap[next / 8] == whole) {
      next += 8;
    } else if (sector_is_held(bitmap, next) == held) {
      ++next;
    } else {
      return next;
    }
  }
  return end;
}

/// Reads from a parent that may be smaller than its child: zeros past its end.
[[nodiscard]] inline Result<void> read_or_zero(const ByteSource& parent, std::uint64_t offset,
                                               MutableBytes out) {
  const std::uint64_t left = parent.size() > offset ? parent.size() - offset : 0;
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, out.size()));
  if (count != 0) {
    CASEMENT_TRY(parent.read(offset, out.first(count)));
  }
  zero_fill(out.subspan(count));
  return {};
}

}  // namespace casement

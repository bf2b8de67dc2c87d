// SPDX-License-Identifier: Apache-2.0
// The three offsets that LZX matches may use again.
#pragma once

#include <algorithm>
#include <cstdint>

#include "vfs/codec/lzx_format.h"

namespace casement::detail::lzx {

/// Three offsets in one register, the latest in the lowest bits, so that a decoder updates them
/// without branches.
class RecentOffsets {
 public:
  static constexpr unsigned lane = max_window_order;  // bits of an offset
  static constexpr std::uint32_t lane_mask = (1U << lane) - 1;

  RecentOffsets() noexcept : RecentOffsets(1, 1, 1) {}

  /// Offsets that are too large for any window stay too large: a match takes two bytes, so no
  /// match of a chunk of 2^21 bytes can reach back by 2^21 - 1.
  RecentOffsets(std::uint32_t first, std::uint32_t second, std::uint32_t third) noexcept
      : lanes_(clipped(first) | (clipped(second) << lane) | (clipped(third) << (2 * lane))) {}

  std::uint32_t latest() const noexcept { return static_cast<std::uint32_t>(lanes_) & lane_mask; }

  /// Exchanges the latest offset with the one that lies `shift` bits above it: 0, lane, 2 * lane.
  void exchange(unsigned shift) noexcept {
    const std::uint64_t difference = (lanes_ ^ (lanes_ >> (shift & 63U))) & lane_mask;
    lanes_ ^= difference ^ (difference << (shift & 63U));
  }

  /// With shift `lane`, puts `offset` before the others and drops the last one; with 0 for both,
  /// nothing. Precondition: offset <= lane_mask.
  void push(unsigned shift, std::uint32_t offset) noexcept {
    lanes_ = (lanes_ << (shift & 63U)) | offset;
  }

 private:
  static std::uint64_t clipped(std::uint32_t offset) noexcept {
    return std::min(offset, lane_mask);
  }

  std::uint64_t lanes_;
};

}  // namespace casement::detail::lzx

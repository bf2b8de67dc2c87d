// SPDX-License-Identifier: Apache-2.0
// Copying LZ77 matches in words, over bytes that a decoder has yet to write.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "vfs/core/bytes.h"

namespace casement::detail {

/// What copy_match() may write behind a match, if there is room.
inline constexpr std::size_t copy_slack = 32;

inline void copy_16(std::byte* to, const std::byte* from) noexcept {
  std::array<std::byte, 16> word;
  std::memcpy(word.data(), from, word.size());
  std::memcpy(to, word.data(), word.size());
}

/// Repeats the `distance` bytes before `to` over `length` bytes and up to 7 more.
/// Precondition: 0 < distance < 8; all that is room.
inline void repeat_short(std::byte* to, std::size_t distance, std::size_t length) noexcept {
  // A pattern times `times` is the pattern again and again, as far as 8 bytes go.
  struct Period {
    std::uint64_t times;
    std::uint8_t step;  // bytes of the whole patterns in a word
  };
  static constexpr std::array<Period, 8> periods = {{{0, 0},
                                                     {0x0101010101010101, 8},
                                                     {0x0001000100010001, 8},
                                                     {0x0001000001000001, 6},
                                                     {0x0000000100000001, 8},
                                                     {0x0000010000000001, 5},
                                                     {0x0001000000000001, 6},
                                                     {0x0100000000000001, 7}}};
  const Period period = periods[distance];
  const std::uint64_t pattern =
      get_le<std::uint64_t>({to - distance, 8}, 0) & ((std::uint64_t{1} << (8 * distance)) - 1);
  const std::uint64_t repeated = pattern * period.times;
  std::array<std::byte, 8> word;
  for (std::size_t i = 0; i < word.size(); ++i) {
    word[i] = static_cast<std::byte>(repeated >> (8 * i));
  }
  for (const std::byte* const end = to + length; to < end; to += period.step) {
    std::memcpy(to, word.data(), word.size());
  }
}

/// Copies `length` bytes from `distance` bytes before `to`; they may overlap, and then repeat.
/// `room`: bytes that may be written at `to`, at least `length`. Up to copy_slack bytes behind the
/// match are overwritten where there is room for them.
inline void copy_match(std::byte* to, std::size_t distance, std::size_t length,
                       std::size_t room) noexcept {
  const std::byte* from = to - distance;
  if (room < length + copy_slack) [[unlikely]] {
    for (std::size_t i = 0; i < length; ++i) {
      to[i] = from[i];
    }
    return;
  }
  const std::byte* const end = to + length;
  if (distance >= 16) [[likely]] {
    do {
      copy_16(to, from);
      copy_16(to + 16, from + 16);
      to += 32;
      from += 32;
    } while (to < end);
  } else if (distance >= 8) {
    do {
      std::uint64_t word = 0;
      std::memcpy(&word, from, sizeof(word));
      std::memcpy(to, &word, sizeof(word));
      to += sizeof(word);
      from += sizeof(word);
    } while (to < end);
  } else {
    repeat_short(to, distance, length);
  }
}

}  // namespace casement::detail

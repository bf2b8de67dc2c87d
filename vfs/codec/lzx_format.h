// SPDX-License-Identifier: Apache-2.0
// Constants of LZX as WIM and WOF chunks have it.
// Sources: Microsoft LZX data compression format ([MS-PATCH] 2), its differences in WIM files as
// wimlib's lzx_constants.h and lzx_common.c document them.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>

namespace casement::detail::lzx {

inline constexpr unsigned min_window_order = 15;
inline constexpr unsigned max_window_order = 21;

enum class BlockType : std::uint8_t { verbatim = 1, aligned = 2, uncompressed = 3 };
inline constexpr unsigned block_type_bits = 3;
inline constexpr std::uint32_t default_block_size = 32768;  // of a block that does not give its own

inline constexpr std::uint32_t literals = 256;  // symbols of the main code; then 8 for each slot
/// Match symbols give lengths of 2 to 8; the last one stands for 9 plus a symbol of the length
/// code.
inline constexpr std::uint32_t min_match = 2;
inline constexpr std::uint32_t lengths_per_slot = 8;
inline constexpr std::uint32_t long_match = min_match + lengths_per_slot - 1;
inline constexpr std::uint32_t length_symbols = 249;

/// Slots 0 to 2 are the three recent offsets.
inline constexpr std::uint32_t repeat_slots = 3;
inline constexpr std::size_t max_slots = 50;
inline constexpr std::size_t max_main_symbols = literals + max_slots * lengths_per_slot;

/// In aligned blocks the last three extra bits of an offset, where it has that many, are a symbol.
inline constexpr unsigned aligned_bits = 3;
inline constexpr std::uint32_t aligned_symbols = 1U << aligned_bits;
inline constexpr unsigned max_aligned_length = 7;  // bits of a codeword

/// How many offset slots a window of 2^order bytes has. Precondition: an order that there is.
constexpr std::uint32_t slots_of(unsigned window_order) noexcept {
  constexpr std::array<std::uint8_t, 7> slots = {30, 32, 34, 36, 38, 42, 50};
  assert(window_order >= min_window_order && window_order <= max_window_order);
  return slots[window_order - min_window_order];
}

inline constexpr std::size_t narrow_main_symbols =
    literals + slots_of(min_window_order) * lengths_per_slot;

/// Extra bits of an offset in a slot.
constexpr unsigned extra_bits_of(std::size_t slot) noexcept {
  constexpr unsigned most = 17;
  const auto bits = static_cast<unsigned>(slot < 4 ? 0 : slot / 2 - 1);
  return bits < most ? bits : most;
}

/// The offsets of a slot are its base and extra_bits_of() bits more. 0 for the recent offsets.
inline constexpr std::array<std::uint32_t, max_slots> offset_bases = [] {
  std::array<std::uint32_t, max_slots> bases = {};
  std::uint32_t next = 1;
  for (std::size_t slot = repeat_slots; slot < max_slots; ++slot) {
    bases[slot] = next;
    next += 1U << extra_bits_of(slot);
  }
  return bases;
}();

inline constexpr std::array<std::uint8_t, max_slots> extra_bits = [] {
  std::array<std::uint8_t, max_slots> bits = {};
  for (std::size_t slot = 0; slot < max_slots; ++slot) {
    bits[slot] = static_cast<std::uint8_t>(extra_bits_of(slot));
  }
  return bits;
}();

}  // namespace casement::detail::lzx

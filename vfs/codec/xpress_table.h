// SPDX-License-Identifier: Apache-2.0
// The code of an XPRESS chunk and the table that its symbols are read with.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "vfs/codec/prefix_code.h"
#include "vfs/codec/table_fill.h"
#include "vfs/core/bytes.h"

namespace casement::detail::xpress {

inline constexpr std::size_t symbols = 512;
inline constexpr std::uint32_t literals = 256;  // symbols; the others are matches
/// The codewords' lengths, four bits each, the lower half of a byte first, are what a chunk starts
/// with.
inline constexpr std::size_t lengths_size = symbols / 2;

/// The parts of a match symbol less 256: an offset starts with a bit 1 and this many bits more;
/// the length less 3, or 15 if it is given by bytes.
inline constexpr std::uint32_t min_match = 3;
inline constexpr std::uint32_t length_in_bytes = 15;
constexpr unsigned offset_bits_of(std::uint32_t match) noexcept {
  return match >> 4U;
}
constexpr std::uint32_t length_of(std::uint32_t match) noexcept {
  return match & 15U;
}

/// What one look at the next bits finds in a Table: a literal or a whole match.
struct Step {
  static constexpr std::uint8_t special = 0xFF;  // a length that is none: see Table

  std::uint8_t literal;         // of a literal; the symbol less 256 of a special step
  std::uint8_t length;          // of a match; a literal's is 0
  std::uint16_t offset_addend;  // to the code and offset bits as one number, modulo 2^16
};
static_assert(sizeof(Step) == 4);

/// Reads symbols by their first index_bits bits. Special steps are: long codes (no bits: use
/// code()), and matches that are too long to be copied as one word or whose length is given by
/// bytes. For the latter `bits` are those of the symbol alone.
class Table {
 public:
  static constexpr unsigned index_bits = 11;
  static constexpr std::size_t size = std::size_t{1} << index_bits;
  static constexpr std::size_t longest_direct = 16;  // bytes of a match that is no special step

  /// See PrefixCode::assign().
  [[nodiscard]] bool assign(std::span<const std::byte, lengths_size> packed_lengths) noexcept;

  const PrefixCode& code() const noexcept { return code_; }

  // Beside each other and not in Step: a decoder waits for these bytes, and they come a cycle
  // earlier when their index needs no scaling.
  /// All bits of a step. Index: less than `size`.
  unsigned bits(std::size_t index) const noexcept { return bits_[index]; }
  /// The same for literals; 0 for everything else.
  unsigned literal_bits(std::size_t index) const noexcept { return literal_bits_[index]; }
  const Step& step(std::size_t index) const noexcept { return steps_[index]; }

 private:
  PrefixCode code_;
  std::array<std::uint8_t, size + fill_slack> bits_;
  std::array<std::uint8_t, size + fill_slack> literal_bits_;
  std::array<Step, size + fill_slack> steps_;
};

}  // namespace casement::detail::xpress

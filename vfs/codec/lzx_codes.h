// SPDX-License-Identifier: Apache-2.0
// The codes of an LZX block and the tables that its symbols are read with.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "vfs/codec/bit_input.h"
#include "vfs/codec/lzx_format.h"
#include "vfs/codec/prefix_code.h"
#include "vfs/codec/table_fill.h"
#include "vfs/core/result.h"

namespace casement::detail::lzx {

using LengthTable = SymbolTable<9>;

/// What one look at the next bits finds in a MainTable: a literal, or a match with everything but
/// the last bits of an aligned offset.
struct Step {
  static constexpr std::uint8_t special = 0x40;  // of `shift`: not what this says; see MainTable

  std::uint8_t literal;         // of a literal; the slot of a special step
  std::uint8_t length;          // of a match; a literal's is 0
  std::uint8_t shift;           // for RecentOffsets::push(), and the flag above
  std::uint8_t aligned;         // 0xFF: the offset ends with an aligned symbol; else 0
  std::uint32_t offset_addend;  // to the code and extra bits as one number
};
static_assert(sizeof(Step) == 8);

/// What may stand between two main symbols: a literal that is one look away, or the aligned symbol
/// of the match before. One table for both, so that a decoder need not know by a branch which.
class SideTable {
 public:
  static constexpr unsigned index_bits = 11;
  static constexpr std::size_t size = std::size_t{1} << index_bits;  // of each part
  static constexpr std::size_t aligned_part = 2 * size;  // behind the slack of the other

  /// Where to look for what follows `step`: add it to the next index_bits bits. (Step::aligned has
  /// the bit 8 or no bit at all.)
  static constexpr std::size_t part_behind(const Step& step) noexcept {
    static_assert(aligned_part == 8U << 9U);
    return static_cast<std::size_t>(step.aligned & 8U) << 9U;
  }

  /// Bits to take: 0 if there is no literal.
  unsigned bits(std::size_t index) const noexcept { return bits_[index]; }
  /// The literal or the aligned symbol.
  std::uint8_t value(std::size_t index) const noexcept { return values_[index]; }

  /// Sets the literals' part from its start to its end. Precondition: `at` is where the last call
  /// ended, and less than `size`.
  void set_literals(std::size_t at, std::size_t count, unsigned bits, std::uint8_t value) noexcept {
    fill_bytes(&bits_[at], count, bits);
    fill_bytes(&values_[at], count, value);
  }

  /// Sets the other part. See PrefixCode::assign().
  [[nodiscard]] bool assign_aligned(
      std::span<const std::uint8_t, aligned_symbols> lengths) noexcept;

 private:
  std::array<std::uint8_t, aligned_part + size + fill_slack> bits_;
  std::array<std::uint8_t, aligned_part + size + fill_slack> values_;
};

/// Reads main symbols by their first index_bits bits. Special steps are: long codes (no bits: use
/// code()), matches with the recent offsets 1 and 2, and those of which the length is given by a
/// length symbol that the index does not hold or that makes a match too long to be copied as one
/// word. For the latter two `bits` are those of the main symbol alone.
class MainTable {
 public:
  static constexpr unsigned index_bits = 11;
  static constexpr std::size_t size = std::size_t{1} << index_bits;
  static constexpr std::size_t longest_direct = 16;  // bytes of a match that is no special step

  /// See PrefixCode::assign(). `aligned`: for aligned blocks. Sets the literals of `side` as well,
  /// if there is one.
  [[nodiscard]] bool assign(std::span<const std::uint8_t> lengths, const LengthTable& length_table,
                            bool aligned, SideTable* side) noexcept;

  const PrefixCode& code() const noexcept { return code_; }

  /// All bits of a step, without aligned symbols. Index: less than `size`. Beside the steps and not
  /// in them: a decoder waits for it, and it comes a cycle earlier when its index needs no scaling.
  unsigned bits(std::size_t index) const noexcept { return bits_[index]; }
  const Step& step(std::size_t index) const noexcept { return steps_[index]; }

 private:
  void fill(std::size_t at, std::size_t count, unsigned bits, const Step& step) noexcept;
  void fill_long_match(std::size_t at, const PrefixCode::Codeword& codeword, const Step& step,
                       const PrefixCode& length_code) noexcept;

  PrefixCode code_;
  std::array<std::uint8_t, size + fill_slack> bits_;
  std::array<Step, size + fill_slack> steps_;
};

/// The codes as one block leaves them to the next, which changes their lengths.
class Codes {
 public:
  explicit Codes(unsigned window_order) noexcept;

  /// Reads the codes of a verbatim block, or of an aligned one. corrupt: they are none.
  Result<void> read(BitInput& input, BlockType type);

  /// Offsets have more than 13 extra bits, as in windows of more than 2^15 bytes.
  bool wide() const noexcept { return main_symbols_ > narrow_main_symbols; }

  /// A block of these codes may hold the literal without a match that copies it.
  bool has_literal(std::uint8_t literal) const noexcept { return main_lengths_[literal] != 0; }

  const MainTable& main() const noexcept { return main_; }
  const LengthTable& length() const noexcept { return length_; }
  /// Set for aligned blocks only.
  const SideTable& side() const noexcept { return side_; }

 private:
  Result<void> read_aligned(BitInput& input);
  std::span<std::uint8_t> main_lengths() noexcept;

  std::size_t main_symbols_;
  std::array<std::uint8_t, max_main_symbols> main_lengths_;
  std::array<std::uint8_t, length_symbols> length_lengths_;
  MainTable main_;
  LengthTable length_;
  SideTable side_;
};

}  // namespace casement::detail::lzx

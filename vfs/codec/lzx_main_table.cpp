// SPDX-License-Identifier: Apache-2.0
// Filling the table that LZX main symbols are read with.
#include "vfs/codec/lzx_codes.h"
#include "vfs/codec/lzx_recent_offsets.h"
#include "vfs/codec/table_fill.h"

namespace casement::detail::lzx {
namespace {

constexpr Step literal_step(std::uint32_t symbol) noexcept {
  return {.literal = static_cast<std::uint8_t>(symbol),
          .length = 0,
          .shift = 0,
          .aligned = 0,
          .offset_addend = 0};
}

constexpr Step match_step(std::uint32_t symbol, bool aligned) noexcept {
  const std::uint32_t slot = (symbol - literals) / lengths_per_slot;
  const std::uint32_t length = min_match + (symbol - literals) % lengths_per_slot;
  const bool special = length == long_match || slot == 1 || slot == 2;
  return {
      .literal = static_cast<std::uint8_t>(slot),
      .length = static_cast<std::uint8_t>(length),
      .shift = static_cast<std::uint8_t>((slot < repeat_slots ? 0 : RecentOffsets::lane) |
                                         (special ? Step::special : 0U)),
      .aligned = static_cast<std::uint8_t>(aligned && extra_bits[slot] >= aligned_bits ? 0xFF : 0),
      .offset_addend = offset_bases[slot]};
}

template <bool aligned>
constexpr std::array<Step, max_main_symbols> all_steps() noexcept {
  std::array<Step, max_main_symbols> steps = {};
  for (std::uint32_t symbol = 0; symbol < max_main_symbols; ++symbol) {
    steps[symbol] = symbol < literals ? literal_step(symbol) : match_step(symbol, aligned);
  }
  return steps;
}

constexpr std::array<Step, max_main_symbols> verbatim_steps = all_steps<false>();
constexpr std::array<Step, max_main_symbols> aligned_steps = all_steps<true>();
constexpr Step long_code = {
    .literal = 0, .length = 0, .shift = Step::special, .aligned = 0, .offset_addend = 0};

constexpr bool is_literal(const Step& step) noexcept {
  return step.length == 0;
}
constexpr bool is_special(const Step& step) noexcept {
  return (step.shift & Step::special) != 0;
}

/// A step and all its bits, without those of an aligned symbol.
struct WholeStep {
  Step step;
  unsigned bits;
};

/// Completes the step of a symbol that has this codeword. A decoder takes the codeword and the
/// extra bits as one number - times 8 if an aligned symbol follows - and adds offset_addend: the
/// number less the codeword is the extra bits, and to those the base is added. For literals and
/// the recent offset 0 the sum is 0, which RecentOffsets::push() wants.
WholeStep direct(Step step, std::uint32_t codeword, unsigned length) noexcept {
  const unsigned extra = is_literal(step) ? 0 : extra_bits[step.literal];
  step.offset_addend -= codeword << extra;
  step.shift &= static_cast<std::uint8_t>(~Step::special);
  return {step, length + extra - (step.aligned & aligned_bits)};
}

}  // namespace

bool MainTable::assign(std::span<const std::uint8_t> lengths, const LengthTable& length_table,
                       bool aligned, SideTable* side) noexcept {
  static_assert(index_bits == SideTable::index_bits);
  if (!code_.assign(lengths)) {
    return false;
  }
  if (code_.empty()) {
    return true;  // never looked at
  }
  const std::array<Step, max_main_symbols>& steps = aligned ? aligned_steps : verbatim_steps;
  std::size_t at = 0;
  code_.for_each(index_bits, [&](const PrefixCode::Codeword& codeword) {
    const Step& step = steps[codeword.symbol];
    const std::size_t count = size >> codeword.length;
    if (side != nullptr) {
      side->set_literals(at, count, is_literal(step) ? codeword.length : 0, step.literal);
    }
    if (!is_special(step)) [[likely]] {
      const WholeStep whole = direct(step, codeword.bits, codeword.length);
      fill(at, count, whole.bits, whole.step);
    } else if (step.length == long_match && step.literal != 1 && step.literal != 2) {
      fill_long_match(at, codeword, step, length_table.code());
    } else {
      fill(at, count, codeword.length, step);
    }
    at += count;
  });
  if (at < size) {
    if (side != nullptr) {
      side->set_literals(at, size - at, 0, 0);
    }
    fill(at, size - at, 0, long_code);
  }
  return true;
}

/// A long match whose length symbol is in the index as well is no special step any more.
void MainTable::fill_long_match(std::size_t at, const PrefixCode::Codeword& codeword,
                                const Step& step, const PrefixCode& length_code) noexcept {
  const unsigned room = index_bits - codeword.length;
  const std::size_t end = at + (std::size_t{1} << room);
  if (room != 0 && !length_code.empty()) {
    length_code.for_each(room, [&](const PrefixCode::Codeword& length_codeword) {
      const std::size_t count = std::size_t{1} << (room - length_codeword.length);
      const std::uint32_t length = long_match + length_codeword.symbol;
      if (length <= longest_direct) {
        WholeStep whole =
            direct(step, (codeword.bits << length_codeword.length) | length_codeword.bits,
                   codeword.length + length_codeword.length);
        whole.step.length = static_cast<std::uint8_t>(length);
        fill(at, count, whole.bits, whole.step);
      } else {
        fill(at, count, codeword.length, step);
      }
      at += count;
    });
  }
  if (at < end) {
    fill(at, end - at, codeword.length, step);
  }
}

void MainTable::fill(std::size_t at, std::size_t count, unsigned bits, const Step& step) noexcept {
  fill_bytes(&bits_[at], count, bits);
  fill_entries(&steps_[at], count, step);
}

}  // namespace casement::detail::lzx

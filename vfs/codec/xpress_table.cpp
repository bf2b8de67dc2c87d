// SPDX-License-Identifier: Apache-2.0
// Filling the table that XPRESS symbols are read with.
#include "vfs/codec/xpress_table.h"

namespace casement::detail::xpress {
namespace {

constexpr std::array<Step, symbols> steps_of_symbols = [] {
  std::array<Step, symbols> steps = {};
  for (std::uint32_t symbol = 0; symbol < literals; ++symbol) {
    steps[symbol] = {.literal = static_cast<std::uint8_t>(symbol), .length = 0, .offset_addend = 1};
  }
  for (std::uint32_t match = 0; match < symbols - literals; ++match) {
    const std::uint32_t length = min_match + length_of(match);
    steps[literals + match] = {
        .literal = static_cast<std::uint8_t>(match),
        .length =
            length <= Table::longest_direct ? static_cast<std::uint8_t>(length) : Step::special,
        .offset_addend = static_cast<std::uint16_t>(1U << offset_bits_of(match))};
  }
  return steps;
}();

constexpr Step long_code = {.literal = 0, .length = Step::special, .offset_addend = 0};

}  // namespace

bool Table::assign(std::span<const std::byte, lengths_size> packed_lengths) noexcept {
  std::array<std::uint8_t, symbols> lengths;
  for (std::size_t i = 0; i < packed_lengths.size(); ++i) {
    const auto pair = std::to_integer<std::uint8_t>(packed_lengths[i]);
    lengths[2 * i] = pair & 15U;
    lengths[2 * i + 1] = static_cast<std::uint8_t>(pair >> 4U);
  }
  if (!code_.assign(lengths)) {
    return false;
  }
  if (code_.empty()) {
    return true;  // never looked at
  }
  std::size_t at = 0;
  code_.for_each(index_bits, [&](const PrefixCode::Codeword& codeword) {
    Step step = steps_of_symbols[codeword.symbol];
    const std::size_t count = std::size_t{1} << (index_bits - codeword.length);
    const bool literal = codeword.symbol < literals;
    // A decoder takes the codeword and the offset's bits as one number and adds this: the number
    // less the codeword is the bits, and to those the leading 1 is added. For literals the sum
    // is 1, an offset that does no harm.
    const unsigned offset_bits =
        literal || step.length == Step::special ? 0 : offset_bits_of(step.literal);
    step.offset_addend =
        static_cast<std::uint16_t>(step.offset_addend - (codeword.bits << offset_bits));
    fill_bytes(&bits_[at], count, codeword.length + offset_bits);
    fill_bytes(&literal_bits_[at], count, literal ? codeword.length : 0);
    fill_entries(&steps_[at], count, step);
    at += count;
  });
  if (at < size) {
    fill_bytes(&bits_[at], size - at, 0);
    fill_bytes(&literal_bits_[at], size - at, 0);
    fill_entries(&steps_[at], size - at, long_code);
  }
  return true;
}

}  // namespace casement::detail::xpress

// SPDX-License-Identifier: Apache-2.0
// Reading the codes of LZX blocks: lengths as differences to those of the block before.
#include "vfs/codec/lzx_codes.h"

#include <fmt/format.h>

#include <algorithm>

namespace casement::detail::lzx {
namespace {

// The code that the lengths of other codes are written with.
constexpr std::size_t pre_symbols = 20;
constexpr unsigned pre_length_bits = 4;
constexpr std::uint32_t length_modulus = 17;  // symbols below it: old length less new length
constexpr std::uint32_t few_zeros = 17;
constexpr std::uint32_t many_zeros = 18;

/// Never longer than the longest codeword's length, 16.
std::uint8_t less(std::uint8_t length, std::uint32_t difference) noexcept {
  const std::uint32_t changed = length - difference;
  return static_cast<std::uint8_t>(changed + (changed >> 31U) * length_modulus);
}

/// Reads the lengths of one part of a code. Their old values are in `lengths`.
Result<void> read_lengths(BitInput& from, std::span<std::uint8_t> lengths, const char* part) {
  BitInput input = from;  // in registers
  std::array<std::uint8_t, pre_symbols> pre_lengths;
  for (std::size_t i = 0; i < pre_lengths.size(); ++i) {
    if (i % 10 == 0) {
      input.refill();
    }
    pre_lengths[i] = static_cast<std::uint8_t>(input.take(pre_length_bits));
  }
  SymbolTable<7> pre_table;
  if (!pre_table.assign(pre_lengths)) {
    return fail(Status::corrupt, fmt::format("the lengths of the {} code are written with a code "
                                             "that is no complete prefix code",
                                             part));
  }
  for (std::size_t at = 0; at < lengths.size();) {
    input.refill();
    const std::uint32_t symbol = pre_table.read(input);
    if (symbol < length_modulus) {
      lengths[at] = less(lengths[at], symbol);
      ++at;
      continue;
    }
    std::size_t run = 0;
    std::uint8_t length = 0;
    if (symbol == few_zeros) {
      run = 4 + input.take(4);
    } else if (symbol == many_zeros) {
      run = 20 + input.take(5);
    } else {
      run = 4 + input.take(1);
      const std::uint32_t difference = pre_table.read(input);
      if (difference >= length_modulus) {
        return fail(Status::corrupt, fmt::format("a run of lengths of the {} code repeats symbol "
                                                 "{} of its code, which is no length",
                                                 part, difference));
      }
      length = less(lengths[at], difference);
    }
    if (run > lengths.size() - at) {
      return fail(Status::corrupt,
                  fmt::format("a run of {} lengths passes the end of the {} code, of which {} are "
                              "to come",
                              run, part, lengths.size() - at));
    }
    std::fill_n(lengths.begin() + static_cast<std::ptrdiff_t>(at), run, length);
    at += run;
  }
  from = input;
  return {};
}

std::unexpected<Error> no_code(const char* name) {
  return fail(Status::corrupt,
              fmt::format("the lengths of the {} code are none of a complete prefix code", name));
}

}  // namespace

bool SideTable::assign_aligned(std::span<const std::uint8_t, aligned_symbols> lengths) noexcept {
  PrefixCode code;
  if (!code.assign(lengths)) {
    return false;
  }
  std::size_t at = aligned_part;
  if (code.empty()) {
    fill_bytes(&bits_[at], size, 0);
    fill_bytes(&values_[at], size, 0);
    return true;
  }
  code.for_each(max_aligned_length, [&](const PrefixCode::Codeword& codeword) {
    const std::size_t count = size >> codeword.length;
    fill_bytes(&bits_[at], count, codeword.length);
    fill_bytes(&values_[at], count, codeword.symbol);
    at += count;
  });
  return true;
}

Codes::Codes(unsigned window_order) noexcept
    : main_symbols_(literals + slots_of(window_order) * lengths_per_slot) {
  main_lengths_.fill(0);
  length_lengths_.fill(0);
}

std::span<std::uint8_t> Codes::main_lengths() noexcept {
  return std::span(main_lengths_).first(main_symbols_);
}

Result<void> Codes::read(BitInput& input, BlockType type) {
  if (type == BlockType::aligned) {
    CASEMENT_TRY(read_aligned(input));
  }
  CASEMENT_TRY(read_lengths(input, main_lengths().first(literals), "literal"));
  CASEMENT_TRY(read_lengths(input, main_lengths().subspan(literals), "match"));
  CASEMENT_TRY(read_lengths(input, length_lengths_, "length"));
  if (!length_.assign(length_lengths_)) {
    return no_code("length");
  }
  const bool aligned = type == BlockType::aligned;
  if (!main_.assign(main_lengths(), length_, aligned, aligned ? &side_ : nullptr)) {
    return no_code("main");
  }
  return {};
}

Result<void> Codes::read_aligned(BitInput& input) {
  input.refill();
  std::array<std::uint8_t, aligned_symbols> lengths;
  for (std::uint8_t& length : lengths) {
    length = static_cast<std::uint8_t>(input.take(aligned_bits));
  }
  if (!side_.assign_aligned(lengths)) {
    return no_code("aligned offset");
  }
  return {};
}

}  // namespace casement::detail::lzx

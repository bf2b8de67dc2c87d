// SPDX-License-Identifier: Apache-2.0
// Canonical prefix codes given by the lengths of their codewords, and tables that read symbols.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "vfs/codec/bit_input.h"

namespace casement::detail {

/// A canonical code of up to 16 bits: shorter codewords come first, and among those of one length
/// smaller symbols. Codewords are counted upwards as numbers.
class PrefixCode {
 public:
  static constexpr unsigned max_length = 16;       // bits
  static constexpr std::size_t max_symbols = 656;  // LZX with a window of 2 MiB

  struct Codeword {
    std::uint32_t symbol;
    unsigned length;     // bits
    std::uint32_t bits;  // the codeword itself
  };

  /// Takes the length of each symbol's codeword, 0 for a symbol without one. False if this is no
  /// complete code: lengths of which the sum of 2^-length is not 1. Only a code without any
  /// codeword is accepted beside complete ones: see empty(). Precondition: at most max_symbols
  /// lengths, each at most max_length.
  [[nodiscard]] bool assign(std::span<const std::uint8_t> lengths) noexcept;

  /// No symbol has a codeword. Reading from such a code gives symbol 0 and takes no bits, as
  /// wimlib has it; a code that nothing is read from may well be empty.
  bool empty() const noexcept { return limit_[max_length] == 0; }

  /// The codeword that the next 16 bits begin with. Precondition: the code is not empty, and the
  /// codeword has `shortest` bits or more.
  Codeword find(std::uint32_t next_bits, unsigned shortest) const noexcept {
    unsigned length = shortest;
    while (next_bits >= limit_[length]) {  // ends: limit_[max_length] is 2^16
      ++length;
    }
    const std::uint32_t rank = (next_bits - first_[length]) >> (max_length - length);
    return {sorted_[index_[length] + rank], length, next_bits >> (max_length - length)};
  }

  /// Calls visit(Codeword) for the codewords of up to `longest` bits in the order of the code.
  template <class Visit>
  void for_each(unsigned longest, Visit visit) const noexcept {
    for (unsigned length = 1; length <= longest; ++length) {
      const std::uint32_t from = first_[length] >> (max_length - length);
      const std::uint32_t to = limit_[length] >> (max_length - length);
      for (std::uint32_t bits = from; bits < to; ++bits) {
        visit(Codeword{sorted_[index_[length] + (bits - from)], length, bits});
      }
    }
  }

 private:
  // By length. Codewords are compared as the first of 16 bits.
  std::array<std::uint32_t, max_length + 1> first_;
  std::array<std::uint32_t, max_length + 1> limit_;  // behind the last one
  std::array<std::uint32_t, max_length + 1> index_;  // in sorted_ of the first one
  std::array<std::uint16_t, max_symbols> sorted_;
};

/// Reads symbols of a code, those of up to `index_bits` bits with one look.
template <unsigned index_bits>
class SymbolTable {
 public:
  /// See PrefixCode::assign().
  [[nodiscard]] bool assign(std::span<const std::uint8_t> lengths) noexcept {
    if (!code_.assign(lengths)) {
      return false;
    }
    if (code_.empty()) {
      entries_.fill(0);
      return true;
    }
    std::size_t at = 0;
    code_.for_each(index_bits, [&](const PrefixCode::Codeword& codeword) {
      const auto entry =
          static_cast<std::uint16_t>(codeword.symbol << length_bits | codeword.length);
      const std::size_t end = at + (std::size_t{1} << (index_bits - codeword.length));
      for (; at < end; ++at) {
        entries_[at] = entry;
      }
    });
    for (; at < entries_.size(); ++at) {
      entries_[at] = long_code;
    }
    return true;
  }

  /// Takes up to 16 bits.
  std::uint32_t read(BitInput& input) const noexcept {
    const std::uint32_t entry = entries_[input.peek(index_bits)];
    if (entry == long_code) [[unlikely]] {
      const PrefixCode::Codeword codeword = code_.find(
          static_cast<std::uint32_t>(input.peek(PrefixCode::max_length)), index_bits + 1);
      input.drop(codeword.length);
      return codeword.symbol;
    }
    input.drop(entry & length_mask);
    return entry >> length_bits;
  }

  const PrefixCode& code() const noexcept { return code_; }

 private:
  static constexpr unsigned length_bits = 5;
  static constexpr std::uint32_t length_mask = (1U << length_bits) - 1;
  static constexpr std::uint16_t long_code = length_mask;  // no codeword is that long

  PrefixCode code_;
  std::array<std::uint16_t, std::size_t{1} << index_bits> entries_;
};

}  // namespace casement::detail

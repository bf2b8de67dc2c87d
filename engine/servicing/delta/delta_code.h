// SPDX-License-Identifier: Apache-2.0
// Prefix codes of deltas, read from the lowest bit up.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/servicing/delta/delta_bits.h"
#include "vfs/codec/prefix_code.h"

namespace casement::detail::pa30 {

/// The lowest 16 bits in the other order.
constexpr std::uint32_t reversed_16(std::uint32_t bits) noexcept {
  bits = ((bits & 0x5555U) << 1U) | ((bits >> 1U) & 0x5555U);
  bits = ((bits & 0x3333U) << 2U) | ((bits >> 2U) & 0x3333U);
  bits = ((bits & 0x0F0FU) << 4U) | ((bits >> 4U) & 0x0F0FU);
  return ((bits & 0xFFU) << 8U) | ((bits >> 8U) & 0xFFU);
}

/// A code and a table that reads symbols of up to `index_bits` bits with one look. In this format
/// longer codewords come first, and among those of one length smaller symbols. That is what
/// PrefixCode has when symbols are counted from the end and each bit of a codeword is turned.
template <unsigned index_bits>
class DeltaCode {
 public:
  /// Takes the length of each symbol's codeword, 0 for a symbol without one. False if this is no
  /// complete code. Precondition: as of PrefixCode::assign().
  [[nodiscard]] bool assign(std::span<const std::uint8_t> lengths) noexcept {
    std::array<std::uint8_t, PrefixCode::max_symbols> from_end;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      from_end[i] = lengths[lengths.size() - 1 - i];
    }
    if (!code_.assign(std::span(from_end).first(lengths.size())) || code_.empty()) {
      return false;
    }
    last_ = static_cast<std::uint32_t>(lengths.size() - 1);
    entries_.fill(long_code);
    code_.for_each(index_bits, [&](const PrefixCode::Codeword& codeword) {
      const auto entry =
          static_cast<std::uint16_t>((last_ - codeword.symbol) << length_bits | codeword.length);
      const std::size_t step = std::size_t{1} << codeword.length;
      const unsigned unused = PrefixCode::max_length - codeword.length;
      for (std::size_t at = reversed_16(~codeword.bits << unused) & (step - 1);
           at < entries_.size(); at += step) {
        entries_[at] = entry;
      }
    });
    return true;
  }

  /// Takes up to 16 bits. Precondition: assigned; 16 bits are known.
  std::uint32_t read(DeltaBits& bits) const noexcept {
    const std::uint32_t entry = entries_[bits.peek(index_bits)];
    if (entry == long_code) [[unlikely]] {
      const std::uint32_t turned = ~bits.peek(PrefixCode::max_length);
      const PrefixCode::Codeword codeword = code_.find(reversed_16(turned), index_bits + 1);
      bits.drop(codeword.length);
      return last_ - codeword.symbol;
    }
    bits.drop(entry & length_mask);
    return entry >> length_bits;
  }

 private:
  static constexpr unsigned length_bits = 5;
  static constexpr std::uint32_t length_mask = (1U << length_bits) - 1;
  static constexpr std::uint16_t long_code = length_mask;  // no codeword is that long

  PrefixCode code_;
  std::uint32_t last_ = 0;  // symbol
  std::array<std::uint16_t, std::size_t{1} << index_bits> entries_;
};

}  // namespace casement::detail::pa30

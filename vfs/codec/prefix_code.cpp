// SPDX-License-Identifier: Apache-2.0
// Sorting the symbols of a canonical code.
#include "vfs/codec/prefix_code.h"

#include <cassert>

namespace casement::detail {

// Lengths are counted and symbols sorted in four parts side by side: each step would otherwise wait
// for the one before whenever two neighbours have the same length, which they like to have.
bool PrefixCode::assign(std::span<const std::uint8_t> lengths) noexcept {
  assert(lengths.size() <= max_symbols);
  constexpr std::size_t parts = 4;
  const std::size_t part = lengths.size() / parts;
  using Counters = std::array<std::uint32_t, max_length + 1>;
  std::array<Counters, parts> counts = {};
  for (std::size_t i = 0; i < part; ++i) {
    for (std::size_t p = 0; p < parts; ++p) {
      ++counts[p][lengths[p * part + i]];
    }
  }
  for (std::size_t i = parts * part; i < lengths.size(); ++i) {
    ++counts[parts - 1][lengths[i]];
  }

  // From here on counts[p][length] is where the next symbol of that part and length goes.
  std::uint32_t code = 0;
  std::uint32_t index = 0;
  const auto place = [&](unsigned length) {
    for (Counters& counters : counts) {
      const std::uint32_t count = counters[length];
      counters[length] = index;
      index += count;
    }
  };
  for (unsigned length = 1; length <= max_length; ++length) {
    first_[length] = code;
    index_[length] = index;
    place(length);
    code += (index - index_[length]) << (max_length - length);  // below 2^26: no wrap
    limit_[length] = code;
  }
  if (code != 1U << max_length) {
    return code == 0;
  }
  // Symbols without a codeword go behind the others, rather than past a branch that is hard to
  // predict.
  place(0);
  for (std::size_t i = 0; i < part; ++i) {
    for (std::size_t p = 0; p < parts; ++p) {
      const std::size_t symbol = p * part + i;
      sorted_[counts[p][lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    }
  }
  for (std::size_t symbol = parts * part; symbol < lengths.size(); ++symbol) {
    sorted_[counts[parts - 1][lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
  }
  return true;
}

}  // namespace casement::detail

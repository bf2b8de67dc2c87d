// SPDX-License-Identifier: Apache-2.0
// Hashing what whoever made a file chose.
#pragma once

#include <cstdint>
#include <random>

namespace casement::wim {

/// A number that whoever made the file did not know, the same one as long as the program runs:
/// tables of hashes that all collide would otherwise take quadratic time.
inline std::uint64_t hash_seed() {
  static const std::uint64_t seed = [] {
    std::random_device entropy;
    return (std::uint64_t{entropy()} << 32) | entropy();
  }();
  return seed;
}

/// Every bit of `word` changes about half of the bits (the finalizer of MurmurHash3). With a seed
/// in `word`, nobody knows which: differences cannot be made to cancel out in a later word.
constexpr std::uint64_t mix_bits(std::uint64_t word) noexcept {
  word ^= word >> 33;
  word *= 0xFF51'AFD7'ED55'8CCDULL;
  word ^= word >> 33;
  word *= 0xC4CE'B9FE'1A85'EC53ULL;
  return word ^ (word >> 33);
}

}  // namespace casement::wim

// SPDX-License-Identifier: Apache-2.0
// Marvin32.
#include "engine/hive/marvin32.h"

#include <bit>

namespace casement {
namespace {

class Marvin32 {
 public:
  void add(std::uint32_t word) noexcept {
    low_ += word;
    mix();
  }
  void mix() noexcept {
    high_ ^= low_;
    low_ = std::rotl(low_, 20) + high_;
    high_ = std::rotl(high_, 9) ^ low_;
    low_ = std::rotl(low_, 27) + high_;
    high_ = std::rotl(high_, 19);
  }
  std::uint64_t value() const noexcept { return (std::uint64_t{high_} << 32) | low_; }

 private:
  std::uint32_t low_ = 0x7A4E'55C5;
  std::uint32_t high_ = 0x82EF'4D88;
};

}  // namespace

std::uint64_t registry_log_hash(Bytes input) noexcept {
  Marvin32 state;
  std::size_t i = 0;
  for (; input.size() - i >= 4; i += 4) {
    state.add(get_le<std::uint32_t>(input, i));
  }
  std::uint32_t tail = 0x80;  // the end mark follows the last byte
  for (std::size_t k = input.size(); k > i; --k) {
    tail = (tail << 8) | std::to_integer<std::uint32_t>(input[k - 1]);
  }
  state.add(tail);
  state.mix();
  return state.value();
}

}  // namespace casement

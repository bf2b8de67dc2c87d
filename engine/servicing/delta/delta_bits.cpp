// SPDX-License-Identifier: Apache-2.0
// The bit stream of deltas: its ends, numbers and buffers.
#include "engine/servicing/delta/delta_bits.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace casement::detail::pa30 {
namespace {

constexpr unsigned padding_bits = 3;
constexpr unsigned digit_bits = 4;
constexpr unsigned most_digits = 16;

}  // namespace

Result<DeltaBits> DeltaBits::open(Bytes stream, const char* what) {
  DeltaBits bits(stream, what);
  if (stream.empty()) {
    return fail(Status::truncated, fmt::format("{}: empty, expected a bit stream", what));
  }
  bits.end_ = std::uint64_t{stream.size()} * 8;
  bits.refill();
  const unsigned padding = bits.take(padding_bits);
  if (bits.end_ < padding_bits + padding) {
    return fail(Status::truncated, fmt::format("{}: {} bits, {} of them unused, expected {} used",
                                               what, bits.end_, padding, padding_bits));
  }
  bits.end_ -= padding;
  return bits;
}

void DeltaBits::refill_at_end() noexcept {
  std::array<std::byte, sizeof(window_)> word = {};
  if (next_ < data_.size()) {
    const Bytes rest = data_.subspan(static_cast<std::size_t>(next_));
    std::memcpy(word.data(), rest.data(), std::min(rest.size(), word.size()));
  }
  take_in(get_le<std::uint64_t>(word, 0));
}

Result<std::uint64_t> DeltaBits::number(const char* what) {
  refill();
  const std::uint32_t start = peek(most_digits);
  if (start == 0) {
    drop(most_digits);
    CASEMENT_TRY(finish(what));
    return fail(Status::corrupt,
                fmt::format("{}: {}: a number of more than {} digits", name_, what, most_digits));
  }
  const auto digits = static_cast<unsigned>(std::countr_zero(start)) + 1;
  drop(digits);
  refill();
  const unsigned low = std::min(digits * digit_bits, 32U);
  std::uint64_t value = take(low);
  refill();
  value |= std::uint64_t{take(digits * digit_bits - low)} << 32U;
  CASEMENT_TRY(finish(what));
  return value;
}

Result<Bytes> DeltaBits::buffer(const char* what) {
  const std::uint64_t size = CASEMENT_TRY(number(what));
  const std::uint64_t begin = (next_ * 8 - count_ + 7) / 8;
  if (!in_range(data_.size(), begin, size)) {
    return fail(Status::truncated, fmt::format("{}: {}: {} bytes at {}, but there are {}", name_,
                                               what, size, begin, data_.size()));
  }
  next_ = begin + size;
  window_ = 0;
  count_ = 0;
  return data_.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
}

Result<void> DeltaBits::finish(const char* what) const {
  if (overrun()) {
    return fail(Status::truncated,
                fmt::format("{}: {}: the stream ends after {} bits", name_, what, end_));
  }
  return {};
}

}  // namespace casement::detail::pa30

// SPDX-License-Identifier: Apache-2.0
// The end of the input of a bit stream.
#include "vfs/codec/bit_input.h"

#include <algorithm>
#include <cstring>

namespace casement::detail {

const std::byte* UnitSource::seek(std::size_t offset) noexcept {
  if (!in_range(in_.size(), offset, word)) {
    return seek_tail(offset);
  }
  base_ = in_.data();
  base_offset_ = 0;
  limit_ = in_.data() + (in_.size() - word);
  end_of_units_ = in_.size();  // BitInput goes at most three units beyond the limit
  return in_.data() + offset;
}

const std::byte* UnitSource::seek_tail(std::size_t offset) noexcept {
  const std::size_t size = (in_.size() - offset) & ~std::size_t{1};
  tail_.fill(std::byte{0});
  if (size != 0) {
    std::memcpy(tail_.data(), in_.data() + offset, size);
  }
  base_ = tail_.data();
  base_offset_ = offset;
  limit_ = tail_.data() + (tail_.size() - word);
  end_of_units_ = offset + size;
  return tail_.data();
}

const std::byte* UnitSource::beyond(const std::byte* next) noexcept {
  if (base_ == tail_.data()) {
    return tail_.data() + 2 * word;
  }
  return seek_tail(static_cast<std::size_t>(next - base_));
}

std::size_t UnitSource::offset_of(const std::byte* next, std::size_t units_back) const noexcept {
  const std::size_t offset = base_offset_ + static_cast<std::size_t>(next - base_) - 2 * units_back;
  return std::min(offset, end_of_units_);
}

}  // namespace casement::detail

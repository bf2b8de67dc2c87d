// SPDX-License-Identifier: Apache-2.0
// The bit stream of deltas: bytes from their lowest bit up, numbers of any size, whole buffers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement::detail::pa30 {

/// A plain value that looks into bytes of its owner. After refill() 56 bits are known. What lies
/// behind the end reads as zeros, for ever; overrun() tells.
class DeltaBits {
 public:
  static constexpr unsigned refilled = 56;

  /// The first three bits say how many of the last byte are not used. truncated: `stream` is empty,
  /// or has not that many bits. `what` names it in errors.
  static Result<DeltaBits> open(Bytes stream, const char* what);

  void refill() noexcept {
    if (!in_range(data_.size(), next_, sizeof(window_))) [[unlikely]] {
      refill_at_end();
      return;
    }
    take_in(get_le<std::uint64_t>(data_, static_cast<std::size_t>(next_)));
  }

  /// The next bits as a number, the first one lowest. Precondition: bits <= 32, and so many are
  /// known.
  std::uint32_t peek(unsigned bits) const noexcept {
    return static_cast<std::uint32_t>(window_ & ((std::uint64_t{1} << bits) - 1));
  }

  /// Precondition: so many are known.
  void drop(unsigned bits) noexcept {
    window_ >>= bits;
    count_ -= bits;
  }

  /// peek() and drop().
  std::uint32_t take(unsigned bits) noexcept {
    const std::uint32_t value = peek(bits);
    drop(bits);
    return value;
  }

  /// More bits were dropped than there are.
  bool overrun() const noexcept { return next_ * 8 - count_ > end_; }

  /// A number of 1 to 16 hexadecimal digits, and before it as many bits as it has digits: zeros,
  /// then a one. corrupt: more digits. truncated: the stream ends. `what` names the number.
  Result<std::uint64_t> number(const char* what);

  /// A number, then as many bytes, the first one on a byte boundary.
  Result<Bytes> buffer(const char* what);

  /// truncated if overrun().
  Result<void> finish(const char* what) const;

 private:
  DeltaBits(Bytes data, const char* name) noexcept : data_(data), name_(name) {}

  // Bits above the known ones may be set already: from the same bytes, so that OR is right.
  void take_in(std::uint64_t word) noexcept {
    window_ |= word << count_;
    next_ += (63U - count_) / 8U;
    count_ |= refilled;
  }
  void refill_at_end() noexcept;

  Bytes data_;
  const char* name_;
  std::uint64_t next_ = 0;    // byte; runs on behind the end
  std::uint64_t end_ = 0;     // in bits
  std::uint64_t window_ = 0;  // the next one lowest
  unsigned count_ = 0;        // known bits of it; at most 63
};

}  // namespace casement::detail::pa30

// SPDX-License-Identifier: Apache-2.0
// The bit stream of LZX and XPRESS: 16-bit little-endian units, each from its highest bit down.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "vfs/core/bytes.h"

namespace casement::detail {

/// Says where the next units can be loaded from, a word of four at a time, without reading outside
/// the input: its last units come from a copy that zeros follow. An odd last byte is no unit.
class UnitSource {
 public:
  static constexpr std::size_t word = 8;  // bytes of one load

  explicit UnitSource(Bytes in) noexcept : in_(in) {}
  UnitSource(const UnitSource&) = delete;
  UnitSource& operator=(const UnitSource&) = delete;

  /// The place of the unit at `offset` of the input. Precondition: offset <= input().size().
  const std::byte* seek(std::size_t offset) noexcept;

  /// The last place from which a word may be loaded.
  const std::byte* limit() const noexcept { return limit_; }

  /// Another place for a `next` above limit(): the copy, or zeros when the copy is used up.
  const std::byte* beyond(const std::byte* next) noexcept;

  /// The offset in the input of the unit that lies `units_back` units before the place `next`; the
  /// end of the last whole unit if there are not that many.
  std::size_t offset_of(const std::byte* next, std::size_t units_back) const noexcept;

  Bytes input() const noexcept { return in_; }

 private:
  const std::byte* seek_tail(std::size_t offset) noexcept;

  Bytes in_;
  const std::byte* base_ = nullptr;  // of the input, or of the copy of its tail
  std::size_t base_offset_ = 0;      // in the input
  const std::byte* limit_ = nullptr;
  std::size_t end_of_units_ = 0;  // in the input
  // At most three units, then zeros: enough of them that offset_of() of any place in the second
  // half, even after going back by the units that a BitInput holds, is behind the input.
  std::array<std::byte, 4 * word> tail_;
};

/// Up to 64 bits of the stream, highest first. A plain value: decoders keep it in registers and
/// copy it to where they need its address. After refill() 48 bits may be taken until the next one.
/// What lies behind the end of the input reads as zeros, for ever.
class BitInput {
 public:
  static constexpr unsigned refilled = 48;

  explicit BitInput(UnitSource& source) noexcept : next_(source.seek(0)), source_(&source) {}

  void refill() noexcept {
    if (next_ > source_->limit()) [[unlikely]] {
      next_ = source_->beyond(next_);
    }
    // Bits beyond the `count` known ones may be set already: from the same units, so that OR is
    // right. Whole units only are accounted for: (63 - count) / 16 of them.
    window_ |= load_units(next_) >> count();
    next_ += (~count_ & 0x30U) >> 3U;
    count_ |= refilled;
  }

  /// How many bits are known: 48 to 63 after refill().
  unsigned count() const noexcept { return count_ & 63U; }

  /// The next bits as a number. Precondition: 0 < bits < 64.
  std::uint64_t peek(unsigned bits) const noexcept { return window_ >> (64U - bits); }

  /// The same for 64 bits too, and all of them for 0; only the low six bits of the number count.
  std::uint64_t peek_some(unsigned bits) const noexcept { return window_ >> ((0U - bits) & 63U); }

  /// Passes over some bits; only the low six bits of the number count. Precondition: bits <= 63.
  void drop(unsigned bits) noexcept {
    window_ <<= bits & 63U;
    count_ -= bits;
  }

  /// The next `bits` bits. Precondition: bits <= 32.
  std::uint32_t take(unsigned bits) noexcept {
    const auto value = static_cast<std::uint32_t>(window_ >> 1U >> (63U - bits));
    drop(bits);
    return value;
  }

  /// Where raw bytes lie in the middle of a stream: behind the units that a decoder has fetched by
  /// now which always has 16 bits or more and fetches no unit before it must (MS-XCA 2.2.4). After
  /// them go on with resume().
  std::size_t raw_offset() const noexcept { return source_->offset_of(next_, count() / 16U - 1U); }

  /// Continues with the units at `offset`, behind the 16 to 31 bits that were fetched before
  /// raw_offset().
  void resume(std::size_t offset) noexcept {
    count_ = 16U + count() % 16U;
    window_ &= ~(std::numeric_limits<std::uint64_t>::max() >> count_);
    next_ = source_->seek(offset);
  }

  /// The offset of the next unit after what is left of the current one is passed over; a whole
  /// unit if the current one is used up. After it go on with restart().
  std::size_t next_unit_offset() const noexcept {
    return source_->offset_of(next_, (count() - 1U) / 16U);
  }

  /// Continues with the units at `offset`.
  void restart(std::size_t offset) noexcept {
    window_ = 0;
    count_ = 0;
    next_ = source_->seek(offset);
  }

  Bytes input() const noexcept { return source_->input(); }

 private:
  /// Four units, the first one in the highest bits.
  static std::uint64_t load_units(const std::byte* at) noexcept {
    const auto word = get_le<std::uint64_t>({at, UnitSource::word}, 0);
    const std::uint64_t halves = (word << 32U) | (word >> 32U);
    return ((halves & 0x0000FFFF0000FFFFU) << 16U) | ((halves >> 16U) & 0x0000FFFF0000FFFFU);
  }

  std::uint64_t window_ = 0;
  std::uint32_t count_ = 0;  // only the low six bits mean something
  const std::byte* next_;
  UnitSource* source_;
};

}  // namespace casement::detail

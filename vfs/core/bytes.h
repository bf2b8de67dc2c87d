// SPDX-License-Identifier: Apache-2.0
// Spans of image bytes: the one bounds check, struct loading and the sequential reader.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include "vfs/core/endian.h"
#include "vfs/core/result.h"

namespace casement {

using Bytes = std::span<const std::byte>;
using MutableBytes = std::span<std::byte>;

/// A copy that outlives `data`.
inline std::vector<std::byte> to_vector(Bytes data) {
  return {data.begin(), data.end()};
}

/// A struct that may be copied out of an image: no padding, no alignment, no behaviour.
template <class T>
concept DiskStruct = std::is_trivially_copyable_v<T> && alignof(T) == 1;

/// THE bounds check. Written so that nothing can wrap; no other code adds offset and length.
[[nodiscard]] constexpr bool in_range(std::uint64_t size, std::uint64_t offset,
                                      std::uint64_t length) noexcept {
  return offset <= size && length <= size - offset;
}

namespace detail {
/// The Error of slice() and load(); out of line, so that the checks themselves stay small.
std::unexpected<Error> out_of_range(std::uint64_t size, std::uint64_t offset, std::uint64_t length,
                                    const char* what);
}  // namespace detail

/// `length` bytes of `data` from `offset`, or Status::truncated naming `what`.
inline Result<Bytes> slice(Bytes data, std::uint64_t offset, std::uint64_t length,
                           const char* what) {
  if (!in_range(data.size(), offset, length)) [[unlikely]] {
    return detail::out_of_range(data.size(), offset, length, what);
  }
  return data.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

/// Copies a layout struct out of `data`. Never a reinterpret_cast into the buffer.
template <DiskStruct T>
Result<T> load(Bytes data, std::uint64_t offset, const char* what) {
  if (!in_range(data.size(), offset, sizeof(T))) [[unlikely]] {
    return detail::out_of_range(data.size(), offset, sizeof(T), what);
  }
  T out;
  std::memcpy(&out, data.data() + offset, sizeof(T));
  return out;
}

/// Reads a little-endian integer. Precondition: in_range(data.size(), offset, sizeof(T)).
template <std::unsigned_integral T>
[[nodiscard]] inline T get_le(Bytes data, std::size_t offset) noexcept {
  return boost::endian::endian_load<T, sizeof(T), boost::endian::order::little>(
      reinterpret_cast<const unsigned char*>(data.data() + offset));  // NOLINT: bytes to bytes
}

/// Sequential reader. An overrun is sticky: later reads give zero and finish() reports the first.
class Cursor {
 public:
  /// `disk_offset` is where `data` lies in its image; it is used in messages only.
  Cursor(Bytes data, std::uint64_t disk_offset) noexcept : data_(data), base_(disk_offset) {}

  std::uint8_t u8() noexcept { return take<std::uint8_t>(); }
  std::uint16_t u16() noexcept { return take<std::uint16_t>(); }
  std::uint32_t u32() noexcept { return take<std::uint32_t>(); }
  std::uint64_t u64() noexcept { return take<std::uint64_t>(); }
  /// The next `length` bytes; empty after an overrun.
  Bytes bytes(std::uint64_t length) noexcept;

  std::uint64_t remaining() const noexcept { return data_.size() - pos_; }
  std::uint64_t disk_offset() const noexcept { return base_ + pos_; }
  bool overrun() const noexcept { return overrun_; }

  /// Call before using what was read: ok, or truncated with "<what> at 0x<disk offset>".
  Result<void> finish(const char* what) const;

 private:
  template <std::unsigned_integral T>
  T take() noexcept {
    const Bytes raw = bytes(sizeof(T));
    return raw.size() == sizeof(T) ? get_le<T>(raw, 0) : T{0};
  }

  Bytes data_;
  std::uint64_t base_ = 0;
  std::uint64_t pos_ = 0;
  bool overrun_ = false;
};

}  // namespace casement

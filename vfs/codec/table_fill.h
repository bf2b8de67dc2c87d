// SPDX-License-Identifier: Apache-2.0
// Filling decoding tables from their start to their end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace casement::detail {

/// Entries of a table behind the last one that the functions below may set.
inline constexpr std::size_t fill_slack = 8;

/// Sets `count` bytes, and up to 7 more: those that are set next, or slack behind the table.
inline void fill_bytes(std::uint8_t* at, std::size_t count, unsigned value) noexcept {
  const std::uint64_t word = value * std::uint64_t{0x0101010101010101};
  for (std::size_t i = 0; i < count; i += sizeof(word)) {
    std::memcpy(at + i, &word, sizeof(word));
  }
}

/// The same for entries: up to 16 bytes more, of entries of at least 2.
template <class Entry>
inline void fill_entries(Entry* at, std::size_t count, const Entry& entry) noexcept {
  std::array<Entry, 16 / sizeof(Entry)> unit;
  unit.fill(entry);
  for (std::size_t i = 0; i < count; i += unit.size()) {
    std::memcpy(at + i, unit.data(), sizeof(unit));
  }
}

}  // namespace casement::detail

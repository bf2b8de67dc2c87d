// SPDX-License-Identifier: Apache-2.0
// Windows times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace casement {

/// 100 ns units since 1601-01-01 UTC, as stored. 0 and values with the top bit set mean "none".
struct FileTime {
  std::uint64_t ticks = 0;

  friend bool operator==(FileTime, FileTime) = default;
  friend auto operator<=>(FileTime, FileTime) = default;

  bool is_set() const noexcept { return ticks != 0 && ticks < 0x7FFF'FFFF'FFFF'FFFFULL; }

  /// Seconds since 1970, rounded down; nullopt when not set.
  std::optional<std::int64_t> unix_seconds() const noexcept;

  /// "2012-04-04T01:58:40.0000000Z", or "" when not set. Always UTC, never a locale.
  std::string to_iso8601() const;

  static FileTime from_unix_seconds(std::int64_t seconds) noexcept;
  /// Saturates outside the range that FILETIME has.
  static FileTime from_unix(std::int64_t seconds, std::uint32_t nanoseconds) noexcept;
};

}  // namespace casement

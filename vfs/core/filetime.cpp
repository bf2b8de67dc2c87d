// SPDX-License-Identifier: Apache-2.0
// FILETIME to and from the Unix epoch and ISO 8601.
#include "vfs/core/filetime.h"

#include <fmt/format.h>

#include <chrono>

namespace casement {
namespace {

constexpr std::int64_t epoch_difference = 11'644'473'600;  // 1601 to 1970, in seconds
constexpr std::uint64_t ticks_per_second = 10'000'000;

}  // namespace

std::optional<std::int64_t> FileTime::unix_seconds() const noexcept {
  if (!is_set()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(ticks / ticks_per_second) - epoch_difference;
}

std::string FileTime::to_iso8601() const {
  const auto seconds = unix_seconds();
  if (!seconds) {
    return {};
  }
  const std::chrono::sys_seconds when{std::chrono::seconds{*seconds}};
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{when - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:07}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     ticks % ticks_per_second);
}

FileTime FileTime::from_unix_seconds(std::int64_t seconds) noexcept {
  return from_unix(seconds, 0);
}

FileTime FileTime::from_unix(std::int64_t seconds, std::uint32_t nanoseconds) noexcept {
  constexpr std::int64_t last = 0x7FFF'FFFF'FFFF'FFFFLL / ticks_per_second - epoch_difference - 1;
  if (seconds < -epoch_difference) {
    return {};
  }
  if (seconds > last) {
    seconds = last;
  }
  return {static_cast<std::uint64_t>(seconds + epoch_difference) * ticks_per_second +
          nanoseconds / 100};
}

}  // namespace casement

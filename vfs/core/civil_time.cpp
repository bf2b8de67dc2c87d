// SPDX-License-Identifier: Apache-2.0
// Calendar fields to FILETIME.
#include "vfs/core/civil_time.h"

#include <chrono>

namespace casement {

FileTime from_civil_time(const CivilTime& reading, int minutes_east) noexcept {
  constexpr int minutes_per_day = 24 * 60;
  constexpr int last_year = 9999;
  constexpr std::uint32_t nanoseconds_per_second = 1'000'000'000;
  if (reading.year < 0 || reading.year > last_year) {
    return {};
  }
  const std::chrono::year_month_day day{std::chrono::year{reading.year},
                                        std::chrono::month{reading.month},
                                        std::chrono::day{reading.day}};
  // The library keeps months and days in bytes: larger numbers are checked before.
  if (reading.month > 12 || reading.day > 31 || !day.ok() || reading.hour > 23 ||
      reading.minute > 59 || reading.second > 59 || reading.nanoseconds >= nanoseconds_per_second ||
      minutes_east <= -minutes_per_day || minutes_east >= minutes_per_day) {
    return {};
  }
  const std::int64_t days = std::chrono::sys_days{day}.time_since_epoch().count();
  const std::int64_t minutes =
      (days * 24 + reading.hour) * 60 + reading.minute - std::int64_t{minutes_east};
  return FileTime::from_unix(minutes * 60 + reading.second, reading.nanoseconds);
}

}  // namespace casement

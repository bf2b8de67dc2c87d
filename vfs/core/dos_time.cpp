// SPDX-License-Identifier: Apache-2.0
// Packed calendar fields to FILETIME.
#include "vfs/core/dos_time.h"

#include <chrono>

namespace casement {

FileTime from_dos_time(std::uint16_t date, std::uint16_t time, std::uint8_t hundredths) noexcept {
  constexpr unsigned max_hundredths = 199;  // the words count in steps of two seconds
  const unsigned hours = time >> 11;
  const unsigned minutes = (time >> 5) & 0x3FU;
  const unsigned seconds = 2U * (time & 0x1FU);
  const std::chrono::year_month_day day{std::chrono::year{1980 + (date >> 9)},
                                        std::chrono::month{(date >> 5) & 0x0FU},
                                        std::chrono::day{date & 0x1FU}};
  if (!day.ok() || hours > 23 || minutes > 59 || seconds > 59 || hundredths > max_hundredths) {
    return {};
  }
  const std::int64_t days = std::chrono::sys_days{day}.time_since_epoch().count();
  const std::int64_t whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds + hundredths / 100;
  constexpr std::uint32_t nanoseconds_per_hundredth = 10'000'000;
  return FileTime::from_unix(whole, hundredths % 100U * nanoseconds_per_hundredth);
}

}  // namespace casement

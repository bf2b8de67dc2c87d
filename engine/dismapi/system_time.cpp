// SPDX-License-Identifier: Apache-2.0
// FILETIME to SYSTEMTIME.
#include "engine/dismapi/system_time.h"

#include <ctime>

namespace casement::dismapi {

SYSTEMTIME to_system_time(FileTime time) noexcept {
  constexpr std::uint64_t ticks_per_millisecond = 10'000;
  constexpr int last_year = 30'827;
  const auto seconds = time.unix_seconds();
  if (!seconds) {
    return {};
  }
  const std::time_t moment = *seconds;
  std::tm local{};
  if (localtime_r(&moment, &local) == nullptr || local.tm_year + 1900 > last_year) {
    return {};
  }
  SYSTEMTIME out{};
  out.wYear = static_cast<std::uint16_t>(local.tm_year + 1900);
  out.wMonth = static_cast<std::uint16_t>(local.tm_mon + 1);
  out.wDayOfWeek = static_cast<std::uint16_t>(local.tm_wday);
  out.wDay = static_cast<std::uint16_t>(local.tm_mday);
  out.wHour = static_cast<std::uint16_t>(local.tm_hour);
  out.wMinute = static_cast<std::uint16_t>(local.tm_min);
  out.wSecond = static_cast<std::uint16_t>(local.tm_sec);
  out.wMilliseconds = static_cast<std::uint16_t>(time.ticks / ticks_per_millisecond % 1000);
  return out;
}

}  // namespace casement::dismapi

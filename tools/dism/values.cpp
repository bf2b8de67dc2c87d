// SPDX-License-Identifier: Apache-2.0
// Formatting of times and numbers.
#include "tools/dism/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

namespace casement::dism {
namespace {

struct Moment {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
};

std::optional<std::int64_t> seconds_of(const std::optional<FileTime>& time) {
  const auto seconds = time ? time->unix_seconds() : std::nullopt;
  if (!seconds) {
    return std::nullopt;
  }
  // In the year 30828: a FILETIME with its top bit is none, and calendars of the standard library
  // end soon after it.
  constexpr std::int64_t last_second = 910'692'730'085;
  if (*seconds > last_second) {
    return std::nullopt;
  }
  return seconds;
}

Moment moment_at(std::int64_t seconds) {
  const std::chrono::sys_seconds point{std::chrono::seconds(seconds)};
  const auto midnight = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::year_month_day date(midnight);
  const auto of_day = static_cast<unsigned>((point - midnight).count());
  return Moment{.year = static_cast<int>(date.year()),
                .month = static_cast<unsigned>(date.month()),
                .day = static_cast<unsigned>(date.day()),
                .hour = of_day / 3600,
                .minute = of_day / 60 % 60,
                .second = of_day % 60};
}

std::optional<Moment> moment_of(const std::optional<FileTime>& time) {
  const auto seconds = seconds_of(time);
  return seconds ? std::optional(moment_at(*seconds)) : std::nullopt;
}

std::optional<Moment> local_moment_of(const std::optional<FileTime>& time) {
  const auto seconds = seconds_of(time);
  std::tm local = {};
  const std::time_t value = seconds.value_or(0);
  if (!seconds || localtime_r(&value, &local) == nullptr) {
    return std::nullopt;
  }
  return moment_at(*seconds + local.tm_gmtoff);
}

std::string sortable_text(const std::optional<Moment>& moment) {
  return moment ? fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", moment->year, moment->month,
                              moment->day, moment->hour, moment->minute, moment->second)
                : std::string();
}

std::string date_of(const Moment& moment) {
  return fmt::format("{}/{}/{}", moment.month, moment.day, moment.year);
}

unsigned clock_hour(const Moment& moment) {
  return moment.hour % 12 == 0 ? 12 : moment.hour % 12;
}

const char* half_day(const Moment& moment) {
  return moment.hour < 12 ? "AM" : "PM";
}

}  // namespace

std::string date_text(const std::optional<FileTime>& time) {
  const auto moment = moment_of(time);
  return moment ? date_of(*moment) : std::string();
}

std::string date_minutes_text(const std::optional<FileTime>& time) {
  const auto moment = moment_of(time);
  return moment ? fmt::format("{} {}:{:02} {}", date_of(*moment), clock_hour(*moment),
                              moment->minute, half_day(*moment))
                : std::string();
}

std::string date_seconds_text(const std::optional<FileTime>& time) {
  const auto moment = local_moment_of(time);
  return moment ? fmt::format("{} - {}:{:02}:{:02} {}", date_of(*moment), clock_hour(*moment),
                              moment->minute, moment->second, half_day(*moment))
                : std::string();
}

std::string sortable_time_text(const std::optional<FileTime>& time) {
  return sortable_text(moment_of(time));
}

std::string sortable_local_time_text(const std::optional<FileTime>& time) {
  return sortable_text(local_moment_of(time));
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) {
    digits.insert(place - 3, 1, ',');
  }
  return digits;
}

std::string short_size(std::uint64_t bytes) {
  constexpr std::array units = {"KB", "MB", "GB", "TB", "PB", "EB"};
  constexpr std::uint64_t step = 1024;
  if (bytes < step) {
    return fmt::format("{} bytes", bytes);
  }
  std::size_t unit = 0;
  double size = static_cast<double>(bytes) / static_cast<double>(step);
  while (size >= static_cast<double>(step) && unit + 1 < units.size()) {
    size /= static_cast<double>(step);
    ++unit;
  }
  return fmt::format("{:.2f} {}", size, units.at(unit));
}

std::string guid_text(const Guid& guid) {
  std::string text = guid.to_string();
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return "{" + text + "}";
}

}  // namespace casement::dism

// SPDX-License-Identifier: Apache-2.0
// FILETIME and the times of manifests to SYSTEMTIME.
#include "engine/dismapi/system_time.h"

#include <cstddef>
#include <ctime>
#include <optional>

#include "vfs/core/ascii.h"
#include "vfs/core/civil_time.h"

namespace casement::dismapi {
namespace {

constexpr int last_year = 30'827;  // that SYSTEMTIME can have

using BreakDown = std::tm* (*)(const std::time_t*, std::tm*);

SYSTEMTIME broken_down(FileTime time, BreakDown break_down) noexcept {
  constexpr std::uint64_t ticks_per_millisecond = 10'000;
  const auto seconds = time.unix_seconds();
  if (!seconds) {
    return {};
  }
  const std::time_t moment = *seconds;
  std::tm fields{};
  if (break_down(&moment, &fields) == nullptr || fields.tm_year + 1900 > last_year) {
    return {};
  }
  SYSTEMTIME out{};
  out.wYear = static_cast<std::uint16_t>(fields.tm_year + 1900);
  out.wMonth = static_cast<std::uint16_t>(fields.tm_mon + 1);
  out.wDayOfWeek = static_cast<std::uint16_t>(fields.tm_wday);
  out.wDay = static_cast<std::uint16_t>(fields.tm_mday);
  out.wHour = static_cast<std::uint16_t>(fields.tm_hour);
  out.wMinute = static_cast<std::uint16_t>(fields.tm_min);
  out.wSecond = static_cast<std::uint16_t>(fields.tm_sec);
  out.wMilliseconds = static_cast<std::uint16_t>(time.ticks / ticks_per_millisecond % 1000);
  return out;
}

/// Takes a text apart from its front. After the first mismatch nothing matches any more.
class TextReader {
 public:
  explicit TextReader(std::u16string_view text) noexcept : rest_(text) {}

  bool take(char16_t unit) noexcept {
    if (failed_ || rest_.empty() || rest_.front() != unit) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char16_t unit) noexcept { failed_ = !take(unit) || failed_; }

  /// Exactly so many digits.
  unsigned number(std::size_t digits) noexcept {
    unsigned value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      value = value * 10 + digit().value_or(0);
    }
    return value;
  }

  /// All digits that follow, as the nanoseconds of a fraction.
  std::uint32_t fraction() noexcept {
    std::uint32_t nanoseconds = 0;
    std::uint32_t weight = 100'000'000;
    while (!failed_ && !rest_.empty() && is_ascii_digit(rest_.front())) {
      nanoseconds += digit().value_or(0) * weight;
      weight /= 10;
    }
    return nanoseconds;
  }

  bool at_end() const noexcept { return !failed_ && rest_.empty(); }

 private:
  std::optional<unsigned> digit() noexcept {
    if (failed_ || rest_.empty() || !is_ascii_digit(rest_.front())) {
      failed_ = true;
      return std::nullopt;
    }
    const auto value = static_cast<unsigned>(rest_.front() - u'0');
    rest_.remove_prefix(1);
    return value;
  }

  std::u16string_view rest_;
  bool failed_ = false;
};

struct WrittenTime {
  CivilTime reading;
  int minutes_east = 0;
};

/// The zone at the end of a time; no zone is UTC.
int read_zone(TextReader& reader) noexcept {
  if (reader.take(u'Z') || reader.at_end()) {
    return 0;
  }
  const bool west = reader.take(u'-');
  if (!west) {
    reader.expect(u'+');
  }
  const auto hours = static_cast<int>(reader.number(2));
  reader.expect(u':');
  const int minutes = hours * 60 + static_cast<int>(reader.number(2));
  return west ? -minutes : minutes;
}

std::optional<WrittenTime> read_time(std::u16string_view text) noexcept {
  TextReader reader(text);
  WrittenTime time;
  time.reading.year = static_cast<int>(reader.number(4));
  reader.expect(u'-');
  time.reading.month = reader.number(2);
  reader.expect(u'-');
  time.reading.day = reader.number(2);
  if (reader.at_end()) {
    return time;
  }
  reader.expect(u'T');
  time.reading.hour = reader.number(2);
  reader.expect(u':');
  time.reading.minute = reader.number(2);
  reader.expect(u':');
  time.reading.second = reader.number(2);
  if (reader.take(u'.')) {
    time.reading.nanoseconds = reader.fraction();
  }
  time.minutes_east = read_zone(reader);
  return reader.at_end() ? std::optional(time) : std::nullopt;
}

}  // namespace

SYSTEMTIME to_system_time(FileTime time) noexcept {
  return broken_down(time, &localtime_r);
}

SYSTEMTIME to_system_date(FileTime time) noexcept {
  return broken_down(time, &gmtime_r);
}

SYSTEMTIME manifest_time(std::u16string_view text, ClockReading reading) noexcept {
  const auto time = read_time(text);
  if (!time) {
    return {};
  }
  return reading == ClockReading::local
             ? to_system_time(from_civil_time(time->reading, time->minutes_east))
             : to_system_date(from_civil_time(time->reading, 0));
}

}  // namespace casement::dismapi

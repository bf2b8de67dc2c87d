// SPDX-License-Identifier: Apache-2.0
// Numbers and times as text.
#include "tools/casement/render/numbers.h"

#include <array>
#include <charconv>
#include <cstring>

namespace casement::cli {
namespace {

constexpr char lower_digits[] = "0123456789abcdef";

/// "000102...ff": two digits at a time, because binary data is a third of what is printed.
constexpr std::array<char, 512> byte_digits = [] {
  std::array<char, 512> digits{};
  for (std::size_t i = 0; i < 256; ++i) {
    digits[2 * i] = lower_digits[i >> 4];
    digits[2 * i + 1] = lower_digits[i & 15];
  }
  return digits;
}();

/// "000102...99".
constexpr std::array<char, 200> decimal_pairs = [] {
  std::array<char, 200> digits{};
  for (std::size_t i = 0; i < 100; ++i) {
    digits[2 * i] = static_cast<char>('0' + i / 10);
    digits[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return digits;
}();

/// Precondition: `number` is below 100.
char* put_pair(char* to, std::uint32_t number) noexcept {
  std::memcpy(to, &decimal_pairs[std::size_t{2} * number], 2);
  return to + 2;
}

/// A pair and what comes behind it.
char* put_pair(char* to, std::uint32_t number, char after) noexcept {
  to = put_pair(to, number);
  *to = after;
  return to + 1;
}

char* put_digit(char* to, std::uint32_t number) noexcept {
  *to = static_cast<char>('0' + number);
  return to + 1;
}

constexpr std::uint64_t ticks_per_second = 10'000'000;
constexpr std::uint64_t day_seconds = 86400;

/// "2024-01-02T" of a day counted from 1601-01-01.
char* put_date(char* to, std::uint32_t days) noexcept {
  // Days to a civil date, after Howard Hinnant's days_from_civil: no table, no locale, no tm.
  constexpr std::uint32_t days_before_1601 = 584694;  // from 0000-03-01
  const std::uint32_t z = days + days_before_1601;
  const std::uint32_t era = z / 146097;
  const std::uint32_t day_of_era = z - era * 146097;
  const std::uint32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::uint32_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::uint32_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::uint32_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::uint32_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  std::uint32_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  if (year > 9999) {  // FILETIME ends in the year 30828
    to = put_digit(to, year / 10000);
    year %= 10000;
  }
  to = put_pair(to, year / 100);
  to = put_pair(to, year % 100, '-');
  to = put_pair(to, month, '-');
  return put_pair(to, day, 'T');
}

}  // namespace

void append_hex(std::string& out, Bytes raw, char separator) {
  if (raw.empty()) {
    return;
  }
  const std::size_t stride = separator == '\0' ? 2 : 3;
  const std::size_t start = out.size();
  out.resize(start + raw.size() * stride);
  char* to = out.data() + start;
  for (const std::byte byte : raw) {
    std::memcpy(to, &byte_digits[2 * std::to_integer<std::size_t>(byte)], 2);
    to[stride - 1] = stride == 3 ? separator : to[stride - 1];
    to += stride;
  }
  out.resize(out.size() - (stride - 2));  // no separator behind the last byte
}

void append_hex32(std::string& out, std::uint32_t number) {
  std::array<char, 10> text{'0', 'x'};
  for (std::size_t i = 0; i < 8; ++i) {
    text[2 + i] = lower_digits[(number >> (28 - 4 * i)) & 15];
  }
  out.append(text.data(), text.size());
}

void append_decimal(std::string& out, std::uint64_t number) {
  std::array<char, 20> text;  // NOLINT: filled below
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
  out.append(text.data(), end.ptr);
}

void append_spaces(std::string& out, std::size_t count) {
  out.append(count, ' ');
}

TimeText::TimeText(FileTime time, bool seconds_only) noexcept {
  if (!time.is_set()) {
    return;
  }
  const std::uint64_t seconds = time.ticks / ticks_per_second;
  const auto of_day = static_cast<std::uint32_t>(seconds % day_seconds);
  char* to = put_date(text_.data(), static_cast<std::uint32_t>(seconds / day_seconds));
  to = put_pair(to, of_day / 3600, ':');
  to = put_pair(to, of_day / 60 % 60, ':');
  to = put_pair(to, of_day % 60, seconds_only ? 'Z' : '.');
  if (!seconds_only) {
    const auto ticks = static_cast<std::uint32_t>(time.ticks % ticks_per_second);
    to = put_pair(to, ticks / 100'000);
    to = put_pair(to, ticks / 1000 % 100);
    to = put_pair(to, ticks / 10 % 100);
    to = put_digit(to, ticks % 10);
    *to++ = 'Z';
  }
  size_ = static_cast<std::size_t>(to - text_.data());
}

void append_time(std::string& out, FileTime time, bool seconds_only) {
  out += TimeText(time, seconds_only).view();
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string human_size(std::uint64_t bytes) {
  constexpr std::array units{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  std::size_t unit = 0;
  std::uint64_t whole = bytes;
  std::uint64_t rest = 0;  // in 1/1024 of `whole`
  while (whole >= 1024) {
    rest = whole % 1024;
    whole /= 1024;
    ++unit;
  }
  std::string text = std::to_string(whole);
  if (unit != 0 && whole < 100) {
    text += '.';
    text += std::to_string(rest * 10 / 1024);
  }
  return text + ' ' + units[unit];
}

}  // namespace casement::cli

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

void append_padded(std::string& out, std::uint64_t number, std::size_t digits) {
  std::array<char, 20> text;  // NOLINT: filled below
  for (std::size_t i = digits; i-- > 0;) {
    text[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  out.append(text.data(), digits);
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

void append_time(std::string& out, FileTime time, bool seconds_only) {
  const auto seconds = time.unix_seconds();
  if (!seconds) {
    return;
  }
  // Days to a civil date, after Howard Hinnant's days_from_civil: no table, no locale, no tm.
  const std::int64_t day_seconds = 86400;
  std::int64_t days = *seconds / day_seconds;
  std::int64_t of_day = *seconds % day_seconds;
  if (of_day < 0) {
    of_day += day_seconds;
    --days;
  }
  const std::int64_t z = days + 719468;  // FILETIME starts in 1601, so that this is positive
  const std::int64_t era = z / 146097;
  const std::int64_t day_of_era = z - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const auto put = [&out](std::int64_t number, std::size_t digits, char after) {
    append_padded(out, static_cast<std::uint64_t>(number), digits);
    out += after;
  };
  put(year, year > 9999 ? 5 : 4, '-');
  put(month, 2, '-');
  put(day, 2, 'T');
  put(of_day / 3600, 2, ':');
  put(of_day / 60 % 60, 2, ':');
  put(of_day % 60, 2, seconds_only ? 'Z' : '.');
  if (!seconds_only) {
    put(static_cast<std::int64_t>(time.ticks % 10'000'000), 7, 'Z');
  }
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

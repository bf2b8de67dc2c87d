// SPDX-License-Identifier: Apache-2.0
// Binary and decimal dates, names in three encodings.
#include "vfs/iso9660/iso9660_values.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "vfs/core/ascii.h"
#include "vfs/core/civil_time.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

namespace layout = iso9660_layout;

int zone_minutes(std::uint8_t stored) noexcept {
  constexpr int minutes_per_quarter = 15;
  const int quarters = static_cast<std::int8_t>(stored);
  return quarters < -48 || quarters > 52 ? 0 : quarters * minutes_per_quarter;
}

template <std::size_t size>
std::optional<unsigned> number_of(const char (&digits)[size]) noexcept {  // NOLINT: as on disk
  unsigned value = 0;
  const auto [end, error] = std::from_chars(std::begin(digits), std::end(digits), value);
  return error == std::errc() && end == std::end(digits) ? std::optional(value) : std::nullopt;
}

}  // namespace

FileTime from_iso9660_time(const layout::RecordTime& time) noexcept {
  constexpr int first_year = 1900;
  return from_civil_time({.year = first_year + time.year,
                          .month = time.month,
                          .day = time.day,
                          .hour = time.hour,
                          .minute = time.minute,
                          .second = time.second},
                         zone_minutes(time.zone));
}

FileTime from_iso9660_time(const layout::DigitTime& time) noexcept {
  constexpr std::uint32_t nanoseconds_per_hundredth = 10'000'000;
  const auto year = number_of(time.year);
  const auto month = number_of(time.month);
  const auto day = number_of(time.day);
  const auto hour = number_of(time.hour);
  const auto minute = number_of(time.minute);
  const auto second = number_of(time.second);
  const auto hundredths = number_of(time.hundredths);
  if (!year || !month || !day || !hour || !minute || !second || !hundredths) {
    return {};
  }
  return from_civil_time({.year = static_cast<int>(*year),
                          .month = *month,
                          .day = *day,
                          .hour = *hour,
                          .minute = *minute,
                          .second = *second,
                          .nanoseconds = *hundredths * nanoseconds_per_hundredth},
                         zone_minutes(time.zone));
}

std::u16string from_iso9660_text(Bytes text) {
  std::string bytes(text.size(), '\0');
  std::ranges::transform(text, bytes.begin(), [](std::byte b) { return static_cast<char>(b); });
  const auto units = from_utf8(bytes);
  return units ? *units : from_latin1(text);
}

std::u16string from_joliet_text(Bytes text) {
  std::u16string units;
  units.reserve(text.size() / 2);
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    units.push_back(static_cast<char16_t>((std::to_integer<unsigned>(text[i]) << 8) |
                                          std::to_integer<unsigned>(text[i + 1])));
  }
  return units;
}

std::u16string_view without_version(std::u16string_view name) noexcept {
  const std::size_t semicolon = name.rfind(u';');
  if (semicolon == std::u16string_view::npos || semicolon + 1 == name.size()) {
    return name;
  }
  const auto version = name.substr(semicolon + 1);
  const bool digits = std::ranges::all_of(version, is_ascii_digit<char16_t>);
  return digits ? name.substr(0, semicolon) : name;
}

std::u16string_view without_filling(std::u16string_view text) noexcept {
  while (!text.empty() && (text.back() == u' ' || text.back() == u'\0')) {
    text.remove_suffix(1);
  }
  return text;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Compressed Unicode and timestamps.
#include "vfs/udf/udf_values.h"

#include "vfs/core/civil_time.h"
#include "vfs/core/utf16.h"

namespace casement {

std::optional<std::u16string> from_udf_text(Bytes text) {
  if (text.empty()) {
    return std::u16string();
  }
  const auto kind = std::to_integer<unsigned>(text[0]);
  const Bytes characters = text.subspan(1);
  if (kind == 8) {
    return from_latin1(characters);
  }
  if (kind != 16) {
    return std::nullopt;
  }
  std::u16string units;
  units.reserve(characters.size() / 2);
  for (std::size_t i = 0; i + 1 < characters.size(); i += 2) {
    units.push_back(static_cast<char16_t>((std::to_integer<unsigned>(characters[i]) << 8) |
                                          std::to_integer<unsigned>(characters[i + 1])));
  }
  return units;
}

std::u16string from_udf_field(Bytes field) {
  if (field.empty()) {
    return {};
  }
  const auto length = std::to_integer<std::size_t>(field.back());
  if (length >= field.size()) {
    return {};
  }
  return from_udf_text(field.first(length)).value_or(std::u16string());
}

FileTime from_udf_time(const udf_layout::Timestamp& time) noexcept {
  constexpr unsigned local_type = 1;
  constexpr int no_zone = -2047;
  constexpr std::uint32_t nanoseconds_per_microsecond = 1000;
  if (time.centiseconds > 99 || time.hundreds_of_microseconds > 99 || time.microseconds > 99) {
    return {};
  }
  const unsigned word = time.type_and_zone.value();
  int zone = static_cast<int>(word & 0x0FFFU);
  zone -= zone >= 0x800 ? 0x1000 : 0;
  if (word >> 12 != local_type || zone == no_zone) {
    zone = 0;
  }
  const std::uint32_t microseconds =
      (time.centiseconds * 100U + time.hundreds_of_microseconds) * 100U + time.microseconds;
  return from_civil_time({.year = static_cast<std::int16_t>(time.year.value()),
                          .month = time.month,
                          .day = time.day,
                          .hour = time.hour,
                          .minute = time.minute,
                          .second = time.second,
                          .nanoseconds = microseconds * nanoseconds_per_microsecond},
                         zone);
}

std::string_view udf_entity(const udf_layout::EntityId& id) noexcept {
  const std::string_view all(id.identifier, sizeof(id.identifier));
  return all.substr(0, all.find('\0'));
}

}  // namespace casement

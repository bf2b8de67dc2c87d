// SPDX-License-Identifier: Apache-2.0
// Dates that an image stores field by field.
#pragma once

#include <cstdint>

#include "vfs/core/filetime.h"

namespace casement {

/// A clock reading of the Gregorian calendar, as stored: nothing is checked.
struct CivilTime {
  int year = 0;
  unsigned month = 0;  // 1 to 12
  unsigned day = 0;    // 1 to 31
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  std::uint32_t nanoseconds = 0;
};

/// The moment at which a clock that is `minutes_east` ahead of UTC shows `reading`. Not set when
/// the fields name no moment: month 13, 31 February, 25 o'clock, a 60th second, a zone of more than
/// a day.
FileTime from_civil_time(const CivilTime& reading, int minutes_east) noexcept;

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Times as the API's structures have them.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/dismapi/dismapi.h"
#include "vfs/core/filetime.h"

namespace casement::dismapi {

/// In the local time of this machine, as DISM gives times; all zero when `time` is not set or lies
/// outside the years that SYSTEMTIME has.
SYSTEMTIME to_system_time(FileTime time) noexcept;

/// The same without a zone: for dates that are stored as midnight UTC and mean a day.
SYSTEMTIME to_system_date(FileTime time) noexcept;

enum class ClockReading : std::uint8_t {
  as_written,  // the digits of the text
  local,       // the same moment in the local time of this machine
};

/// A time of a manifest: "2009-07-14T01:02:03Z", with a fraction of seconds, with "+02:00" or
/// without a zone (then UTC), or a date alone. All zero for what is no such text.
SYSTEMTIME manifest_time(std::u16string_view text, ClockReading reading) noexcept;

}  // namespace casement::dismapi

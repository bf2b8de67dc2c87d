// SPDX-License-Identifier: Apache-2.0
// The date and time words of FAT, exFAT, cabinets and zip archives.
#pragma once

#include <cstdint>

#include "vfs/core/filetime.h"

namespace casement {

/// The moment that the words name, with `hundredths` (0 to 199) of a second added. The words know
/// no zone: the result is that clock reading as if it had been UTC. Not set when they name no
/// moment: 0, month 13, 31 February, 25 o'clock, a 60th second.
FileTime from_dos_time(std::uint16_t date, std::uint16_t time,
                       std::uint8_t hundredths = 0) noexcept;

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Names and moments as ISO 9660 and Joliet store them.
#pragma once

#include <string>
#include <string_view>

#include "vfs/core/bytes.h"
#include "vfs/core/filetime.h"
#include "vfs/iso9660/iso9660_layout.h"

namespace casement {

/// Not set when the fields name no moment. A zone beyond 48 quarters west or 52 east counts as UTC.
FileTime from_iso9660_time(const iso9660_layout::RecordTime& time) noexcept;
FileTime from_iso9660_time(const iso9660_layout::DigitTime& time) noexcept;

/// UTF-8 where it is valid UTF-8, else Latin-1: writers put what they have into names.
std::u16string from_iso9660_text(Bytes text);

/// UTF-16, big-endian; an odd last byte is dropped.
std::u16string from_joliet_text(Bytes text);

/// The name without ";1".
std::u16string_view without_version(std::u16string_view name) noexcept;

/// The text without the spaces and zeros that it is filled up with.
std::u16string_view without_filling(std::u16string_view text) noexcept;

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Times, numbers and sizes as an English (United States) Windows prints them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vfs/core/filetime.h"
#include "vfs/core/guid.h"

namespace casement::dism {

/// The day in UTC, "7/11/2019"; "" for none.
std::string date_text(const std::optional<FileTime>& time);
/// In UTC, "2/11/2015 11:33 PM"; "" for none.
std::string date_minutes_text(const std::optional<FileTime>& time);
/// In the time zone of this machine (TZ), "4/1/2019 - 8:09:02 PM"; "" for none.
std::string date_seconds_text(const std::optional<FileTime>& time);
/// In UTC, "2023-10-01 08:07:03"; "" for none.
std::string sortable_time_text(const std::optional<FileTime>& time);
/// The same in the time zone of this machine (TZ).
std::string sortable_local_time_text(const std::optional<FileTime>& time);

/// "13,998,570,900".
std::string grouped(std::uint64_t number);
/// "13.42 GB", "6.34 MB", "0 bytes": of 1024.
std::string short_size(std::uint64_t bytes);

/// "{4D36E97B-E325-11CE-BFC1-08002BE10318}".
std::string guid_text(const Guid& guid);

}  // namespace casement::dism

// SPDX-License-Identifier: Apache-2.0
// Times as the API's structures have them.
#pragma once

#include "engine/dismapi/dismapi.h"
#include "vfs/core/filetime.h"

namespace casement::dismapi {

/// In the local time of this machine, as DISM gives times; all zero when `time` is not set or lies
/// outside the years that SYSTEMTIME has.
SYSTEMTIME to_system_time(FileTime time) noexcept;

}  // namespace casement::dismapi

// SPDX-License-Identifier: Apache-2.0
// How long work tells how far it is, and is stopped.
#pragma once

#include <cstdint>
#include <functional>

#include "vfs/core/error.h"

namespace casement {

/// Gets (done, total) from the thread that called; false stops the work. An empty one is not asked.
using ScanProgress = std::function<bool(std::uint64_t, std::uint64_t)>;

/// ERROR_REQUEST_ABORTED.
inline constexpr Status scan_cancelled = static_cast<Status>(static_cast<std::int32_t>(0x800704D3));

}  // namespace casement

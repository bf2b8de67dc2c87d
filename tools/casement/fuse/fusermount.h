// SPDX-License-Identifier: Apache-2.0
// Unmounting by fusermount3, which may do it for ordinary users.
#pragma once

#include <cstdint>
#include <string>

#include "vfs/core/result.h"

namespace casement::cli {

enum class UnmountOutcome : std::uint8_t { unmounted, busy };

/// Unmounts what FUSE mounted on `directory` (a path as mountinfo has it). `lazy`: at once for
/// everybody who looks for it, and for good once nobody uses it any more.
/// busy: somebody uses it, and it stays. access_denied: it is another user's. not_found: there is
/// no fusermount3. io_failed: anything else that it said.
Result<UnmountOutcome> unmount_fuse(const std::string& directory, bool lazy);

}  // namespace casement::cli

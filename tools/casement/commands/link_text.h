// SPDX-License-Identifier: Apache-2.0
// Where links lead, as text.
#pragma once

#include <optional>
#include <string>

#include "vfs/fs/file_system.h"

namespace casement::cli {

/// Where a link leads as stored, "\??\C:\Users" without the prefix; nullopt: no link.
Result<std::optional<std::u16string>> link_target_text(const FileSystem& file_system, NodeId node);

}  // namespace casement::cli

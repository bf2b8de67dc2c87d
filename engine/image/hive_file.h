// SPDX-License-Identifier: Apache-2.0
// Opening a hive file together with the transaction logs that lie beside it.
#pragma once

#include <string_view>

#include "engine/hive/hive.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Opens the hive `name` in directory `dir`, recovered from X.LOG, X.LOG1 and X.LOG2 beside it;
/// names are found without regard to case. nullptr: there is no such file.
/// A log that cannot be read is left out and reported in `findings`. Else as Hive::open says, with
/// the hive's name as context.
Result<HivePtr> open_hive_file(const FileSystem& file_system, NodeId dir, std::u16string_view name,
                               const Limits& limits, Diagnostics& findings);

}  // namespace casement

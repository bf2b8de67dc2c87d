// SPDX-License-Identifier: Apache-2.0
// Every entry of a file system, in the cheapest way that it has.
#pragma once

#include <memory>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/tree_walker.h"

namespace casement {

/// FileSystem::scan() where the file system has a pass of its own, else a TreeWalker with one
/// stat() an entry. `tree` bounds the walk. Precondition: `file_system` is not null.
Result<std::unique_ptr<VolumeScan>> scan_tree(const FileSystemPtr& file_system,
                                              const ScanOptions& options = {},
                                              const TreeOptions& tree = {});

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Every entry of a file system, in the cheapest way that it has.
#pragma once

#include <memory>
#include <string>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/tree_walker.h"

namespace casement {

/// FileSystem::scan() where the file system has a pass of its own, else a TreeWalker with one
/// stat() an entry. `tree` bounds the walk. Precondition: `file_system` is not null.
Result<std::unique_ptr<VolumeScan>> scan_tree(const FileSystemPtr& file_system,
                                              const ScanOptions& options = {},
                                              const TreeOptions& tree = {});

/// What lies below one directory, with one stat() an entry; depth 1 is in `directory`. `path` is
/// put before the paths in errors; empty for the root. Precondition: `file_system` is not null.
std::unique_ptr<VolumeScan> walk_tree(const FileSystemPtr& file_system, NodeId directory,
                                      std::u16string path, const TreeOptions& tree = {});

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// All names of a directory, from its index or from what is left of it.
#pragma once

#include <optional>
#include <vector>

#include "vfs/ntfs/index.h"
#include "vfs/ntfs/names.h"
#include "vfs/ntfs/parent_map.h"

namespace casement::ntfs {

struct DirectoryListing {
  std::vector<ListedName> names;  // in the order of the index
  /// What may have hidden further names.
  std::vector<Error> errors;
};

/// Where the index of a directory is; `tree` is null when it cannot be used, for `tree_error`.
struct DirectoryIndex {
  NtfsVolumePtr volume;
  FileReference directory;
  IndexTreePtr tree;
  std::optional<Error> tree_error;
};

/// Reads the whole index. Where the tree is damaged (finding "index-damaged"), names are also taken
/// from every live block; where a block is lost, from the files that name this directory as their
/// parent. Names "." and ".." are left out. limit_exceeded: more names than
/// Limits::max_directory_entries.
Result<DirectoryListing> list_directory(const DirectoryIndex& index, const ParentMap& parents);

}  // namespace casement::ntfs

// SPDX-License-Identifier: Apache-2.0
// Files below a directory by plain lookups: the cheap question that probing asks most.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// A node and the path that leads to it from where the search began, names as stored.
struct FoundNode {
  NodeId node;
  NodeKind kind = NodeKind::file;
  std::u16string path;  // "System32\config"
};

/// The components of a path separated by '\' or '/'. Empty ones and "." are dropped; ".." drops the
/// one before it and stays at the root, as Windows does it.
std::vector<std::u16string> split_components(std::u16string_view path);

/// The node at a relative path, without regard to case and without following reparse points.
/// nullopt: a component is not there, or one before the last is no directory. An empty path is
/// `dir` itself.
Result<std::optional<FoundNode>> find_below(const FileSystem& file_system, NodeId dir,
                                            std::u16string_view path);

/// The same, only when it is a directory or only when it is a file.
Result<std::optional<FoundNode>> find_directory_below(const FileSystem& file_system, NodeId dir,
                                                      std::u16string_view path);
Result<std::optional<FoundNode>> find_file_below(const FileSystem& file_system, NodeId dir,
                                                 std::u16string_view path);

/// The first `limit` entries of a directory. Damaged entries and a directory that holds more are
/// told in `findings`; an error only when the directory cannot be read at all.
Result<std::vector<DirEntry>> list_directory(const FileSystem& file_system, NodeId dir,
                                             std::size_t limit, Diagnostics& findings);

}  // namespace casement

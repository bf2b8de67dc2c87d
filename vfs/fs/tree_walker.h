// SPDX-License-Identifier: Apache-2.0
// A recursive walk of one file system without recursion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// One node of a walk.
struct TreeEntry {
  std::u16string path;  // names as stored, below the start: "\Windows\System32"
  DirEntry entry;
  NodeId parent;
  std::uint32_t depth = 0;  // 1: directly below the start
};

struct TreeOptions {
  Limits limits;
  /// Entries given out before the walk ends with limit_exceeded.
  std::uint64_t max_entries = 100'000'000;
  /// Errors taken from one directory before the rest of it is given up: a damaged index must not
  /// keep us for ever.
  std::uint32_t max_errors_per_directory = 1000;
};

/// Gives every node below a directory, parents before their children. Reparse points are given and
/// never entered; a directory that was entered before (a damaged or hostile volume) is given and
/// reported, not entered again. Belongs to one thread.
class TreeWalker {
 public:
  /// Starts below `directory`. `path` is put before every path; empty for the root.
  TreeWalker(FileSystemPtr file_system, NodeId directory, std::u16string path = {},
             TreeOptions options = {});
  /// The whole file system.
  explicit TreeWalker(const FileSystemPtr& file_system, TreeOptions options = {});
  ~TreeWalker();
  TreeWalker(TreeWalker&&) noexcept;
  TreeWalker& operator=(TreeWalker&&) noexcept;

  /// The next node, or nullopt at the end. An Error concerns one directory or one entry: call again
  /// to go on with the rest. Errors: those of the file system with the path; limit_exceeded for too
  /// deep, too large or too many; corrupt for a directory met twice.
  Result<std::optional<TreeEntry>> next();

  /// Leaves out what is below the directory that next() gave last.
  void skip_children() noexcept;

 private:
  struct Level;
  Result<void> enter_pending();
  Result<std::optional<TreeEntry>> accept(DirEntry entry);

  FileSystemPtr file_system_;
  TreeOptions options_;
  std::vector<Level> levels_;
  std::unordered_set<std::uint64_t> entered_;
  std::optional<TreeEntry> pending_;  // a directory to enter before going on
  std::uint64_t given_ = 0;
  bool ended_ = false;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Directories, on the host or in an archive, in which a collector or a person put one tree a drive.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/host_name.h"
#include "vfs/open/drive_name.h"

namespace casement {

/// A tree of files that was captured somehow, and how its parts are taken for trees themselves.
struct CapturedTree {
  FileSystemPtr whole;
  std::string name;  // for messages: "/evidence/host1"
  std::function<Result<FileSystemPtr>(NodeId directory, NameCoding names)> subtree;
};

/// With make_subtree() for the parts. Precondition: `whole` is not null.
CapturedTree make_captured_tree(FileSystemPtr whole, std::string name, const Limits& limits);

/// One drive tree of a collection.
struct CollectedDrive {
  std::string where;  // below the collection: "uploads/auto/C%3A"
  DriveName name;
  bool looks_like_volume = false;  // its root holds what Windows volumes hold
  FileSystemPtr tree;              // null when it cannot be read
  std::string reason;              // why `tree` is null
};

/// True when the root holds what the root of a Windows volume, or a Windows directory, holds:
/// Windows or WINNT (or another of its names), or System32. `tree` errors are passed on.
Result<bool> looks_like_windows_tree(const FileSystem& tree);

/// The drive trees of a collection in the order of their letters; empty when `tree` is none. A
/// tree that looks like Windows itself is never a collection, and weak names count only when one of
/// the candidates looks like a Windows volume. Drives are looked for in the root, in "fs", "$fs$"
/// and "uploads/<accessor>", and, where nothing is there, in the same places of the directories one
/// and then two levels below (a directory a host, a folder that was packed with its name). Symlinks
/// are never taken for drive trees ("collection-link-skipped"); of two trees with the same letter
/// the one that looks like a Windows volume, else the first, keeps it ("collection-same-drive"). A
/// drive that cannot be read is in the list with its reason.
Result<std::vector<CollectedDrive>> find_collected_drives(const CapturedTree& tree,
                                                          Diagnostics& diagnostics);

/// Directories, at most two levels below the root, that have a Windows directory with System32 in
/// it: volumes that were packed together with a folder around them. Empty when the root itself
/// looks like Windows. Only the nearest level that has some. None of them has a letter.
Result<std::vector<CollectedDrive>> find_nested_volumes(const CapturedTree& tree);

}  // namespace casement

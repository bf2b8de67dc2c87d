// SPDX-License-Identifier: Apache-2.0
// Nodes as stat(2) describes them.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>

#include "tools/casement/fuse/inode_table.h"
#include "vfs/core/filetime.h"
#include "vfs/fs/file_system.h"

namespace casement::cli {

/// What kind of file a node is shown as. A reparse point that is no link is a file, which may
/// refuse to open.
InodeKind kind_of(const NodeInfo& info) noexcept;

/// The number of a node in stat(2): its number in the file system, moved so that the volumes of one
/// mount do not share them; never 0.
std::uint64_t shown_number(std::size_t volume, NodeId node) noexcept;

/// Nanoseconds and all; 1970 for a time that is not set.
timespec to_timespec(FileTime time) noexcept;

/// Mode, sizes, times and links; the owner is left for the caller.
struct stat to_stat(InodeKind kind, const NodeInfo& info) noexcept;

/// A directory that is in no file system.
struct stat synthetic_directory() noexcept;

}  // namespace casement::cli

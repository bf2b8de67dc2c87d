// SPDX-License-Identifier: Apache-2.0
// Directories in which a collector or a person put one tree a drive.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/host/host_file_system.h"

namespace casement {

/// How sure a directory's name makes us that it stands for a drive.
enum class DriveNameStrength : std::uint8_t {
  weak,    // "C", "[root]": a directory of any tree may be called so
  strong,  // "C:", "C%3A", "C_drive", "%5C%5C.%5CC%3A": nobody calls a directory so by chance
};

/// What a directory name says about a drive.
struct DriveName {
  std::optional<char16_t> letter;  // upper case; "[root]" and "$rootfs$" have none
  DriveNameStrength strength = DriveNameStrength::weak;
  NameCoding names = NameCoding::plain;  // of the names below
};

/// nullopt: the name stands for no drive.
std::optional<DriveName> parse_drive_name(std::string_view host_name);

/// One drive tree of a collection.
struct CollectedDrive {
  std::string where;  // below the collection: "uploads/auto/C%3A"
  DriveName name;
  bool looks_like_volume = false;              // its root holds what Windows volumes hold
  std::shared_ptr<const HostFileSystem> tree;  // null when it cannot be read
  std::string reason;                          // why `tree` is null
};

/// True when the root holds what the root of a Windows volume, or a Windows directory, holds:
/// Windows or WINNT (or another of its names), or System32. `tree` errors are passed on.
Result<bool> looks_like_windows_tree(const FileSystem& tree);

/// The drive trees of a collection in the order of their letters; empty when `tree` is none. A
/// tree that looks like Windows itself is never a collection, and weak names count only when one of
/// the candidates looks like a Windows volume. Symlinks are never taken for drive trees
/// ("collection-link-skipped"); of two trees with the same letter the one that looks like a
/// Windows volume, else the first, keeps it ("collection-same-drive"). A drive that cannot be read
/// is in the list with its reason.
Result<std::vector<CollectedDrive>> find_collected_drives(const HostFileSystem& tree,
                                                          Diagnostics& diagnostics);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// From a path to a node: one component at a time, through links and mount points, across volumes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/path.h"

namespace casement {

/// Where drive letters and volume names lead. What is not in it is absent from the image.
struct DriveMap {
  std::map<char16_t, FileSystemPtr> letters;                // upper case
  std::map<Guid, FileSystemPtr> volumes;                    // \??\Volume{guid}
  std::map<std::uint32_t, FileSystemPtr> harddisk_volumes;  // \Device\HarddiskVolumeN
};

/// What happens at symbolic links, junctions and volume mount points.
enum class FollowMode : std::uint8_t {
  follow,         // all are followed
  nofollow_last,  // all but the last component: the link itself is the answer
  raw,            // none: what lies behind the reparse point of a directory is its own content
};

/// What a path was resolved to.
struct Resolved {
  FileSystemPtr file_system;
  NodeId node;
  NodeKind kind = NodeKind::file;
  /// Names as stored, from the root of `file_system`: "\Windows\System32"; the root itself is "\".
  std::u16string path;
  /// Named stream of the path; empty: the main stream. Whether it exists is not checked.
  std::u16string stream;
};

struct WalkOptions {
  FollowMode mode = FollowMode::follow;
  Limits limits;
  /// Filled, when given, with why a path ended nowhere: "unmapped-volume", "unresolvable-link".
  Diagnostics* diagnostics = nullptr;
};

/// Resolves paths on the volumes of one image. Immutable: const calls may be made from many threads
/// (each with its own WalkOptions::diagnostics).
class PathWalker {
 public:
  /// Precondition: `home` is not null. Rooted paths ("\Windows") start at its root.
  PathWalker(FileSystemPtr home, DriveMap drives);

  /// Resolves `path`; relative ones start at the root of `home`.
  /// nullopt: some component, or the drive or volume, is not there; or a link leads to a network
  /// path or a device.
  /// too_many_links: a cycle of links, or more than Limits::max_reparse of them.
  /// unsupported: `path` itself is of a form that cannot be resolved offline, or starts with
  /// \SystemRoot or a %variable% (expand those with join_path() first).
  /// corrupt, truncated: a reparse buffer is damaged. Other errors come from the file systems.
  Result<std::optional<Resolved>> resolve(const ParsedPath& path,
                                          const WalkOptions& options = {}) const;
  /// Parses, then resolves; errors of parse_path() too.
  Result<std::optional<Resolved>> resolve(std::u16string_view path,
                                          const WalkOptions& options = {}) const;

  const FileSystemPtr& home() const noexcept { return home_; }
  const DriveMap& drives() const noexcept { return drives_; }

 private:
  FileSystemPtr home_;
  DriveMap drives_;
};

/// Resolves `path` on one volume whose drive letter is `letter`: "\Windows", "C:\Windows" and links
/// to "\??\C:\..." stay on it; every other volume is absent. Errors: as PathWalker::resolve().
Result<std::optional<Resolved>> find_path(const FileSystemPtr& volume, std::u16string_view path,
                                          const WalkOptions& options = {}, char16_t letter = u'C');

}  // namespace casement

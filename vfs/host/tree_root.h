// SPDX-License-Identifier: Apache-2.0
// Opening what lies below a directory, and never anything else. POSIX only.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "vfs/core/result.h"
#include "vfs/host/unique_fd.h"

namespace casement {

/// How the kernel is asked. `automatic` takes openat2 where there is one.
enum class OpenMethod : std::uint8_t { automatic, component_walk };

/// A directory that is the root of a tree. No open leaves it: no host symlink is ever followed,
/// ".." is refused, and the kernel checks both (openat2 with RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS
/// and RESOLVE_NO_MAGICLINKS), or each component is opened by itself with O_NOFOLLOW. Either way a
/// tree that changes meanwhile cannot lead outside. Thread-safe.
class TreeRoot {
 public:
  /// Opens the directory that `path` names; links on the way to it are the caller's and followed.
  /// not_a_directory, not_found, path_not_found, access_denied, ... as the host says.
  static Result<std::shared_ptr<const TreeRoot>> open(const std::string& path,
                                                      OpenMethod method = OpenMethod::automatic);

  /// The directory `relative` of this tree as a root of its own.
  Result<std::shared_ptr<const TreeRoot>> subtree(std::string_view relative) const;

  /// Opens `relative` ("Windows/System32"; empty: the root) with `flags` and O_NOFOLLOW |
  /// O_CLOEXEC. A last component that is a symlink can be had with O_PATH only. invalid_argument:
  /// an empty, "." or ".." component. too_many_links: a component is a symlink.
  Result<UniqueFd> open_beneath(std::string_view relative, int flags) const;

  /// Absolute, without links; for messages and for recognising links into the tree.
  const std::string& path() const noexcept { return path_; }
  /// path() + "/" + relative.
  std::string describe(std::string_view relative) const;

 private:
  TreeRoot(UniqueFd fd, std::string path, OpenMethod method);
  Result<UniqueFd> open_chunk(int directory, std::string_view relative, int flags) const;

  UniqueFd fd_;
  std::string path_;
  mutable std::atomic<bool> walk_components_;  // set for good when the kernel has no openat2
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What the tests of host trees share.
#pragma once

#include <array>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temp_dir.h"
#include "vfs/fs/path_walker.h"
#include "vfs/host/host_file_system.h"

namespace casement {
std::ostream& operator<<(std::ostream& out, OpenMethod method);
}  // namespace casement

namespace casement::test {

/// Every test of what must never be left runs with both.
inline constexpr std::array open_methods{OpenMethod::automatic, OpenMethod::component_walk};

/// A directory on the host with a tree in it and a secret beside the tree.
struct HostTree {
  TempDir dir;
  std::string root = dir.make_dir("tree");
  std::string secret = dir.write("secret.txt", "secret");

  void write(std::string_view relative, std::string_view text = "x") const;
  void make_dir(std::string_view relative) const;
  /// Makes tree/`relative` a host symlink with this text.
  void symlink(const std::string& text, std::string_view relative) const;
  /// Moves the modification time of tree/`relative` into the past: the directory has settled.
  void settle(std::string_view relative) const;

  std::shared_ptr<const HostFileSystem> open(const HostOptions& options = {}) const;
};

/// "\Windows\System32" as stored, "none", or the name of the status.
std::string where(const FileSystemPtr& tree, std::u16string_view path,
                  FollowMode mode = FollowMode::follow);
/// The text of a file's stream. The path must lead to it.
std::string read_text(const FileSystemPtr& tree, std::u16string_view path);
/// The node of a path that must be there.
NodeId node_at(const FileSystemPtr& tree, std::u16string_view path,
               FollowMode mode = FollowMode::nofollow_last);
/// Names of a directory in the order given.
std::vector<std::string> names_in(const FileSystemPtr& tree, std::u16string_view path = u"\\");

/// Runs the rest of the scope without the privileges of root, which no permission stops. Tests that
/// need one print that they were skipped when they cannot have it.
class Unprivileged {
 public:
  /// Gives `dir` away to the user that we become.
  explicit Unprivileged(const std::string& dir);
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  ~Unprivileged();

 private:
  bool was_root_;
};

/// Prints that the running test is skipped, and why.
void skip(const std::string& why);

}  // namespace casement::test

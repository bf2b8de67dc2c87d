// SPDX-License-Identifier: Apache-2.0
// A mounted tree: libfuse's session around a MountTree.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tools/casement/fuse/mount_tree.h"
#include "vfs/core/result.h"

namespace casement::cli {

struct ServerOptions {
  std::string directory;     // canonical, empty, a directory
  std::string source;        // what /proc/self/mountinfo shows: the text of the image
  bool allow_other = false;  // users other than the one who mounts
  /// Called once, when the mount answers; from any thread.
  std::function<void()> ready;
};

/// Mounted from mount() until its destruction; what is left of a mount whose directory is in use
/// then goes away with its last user. One per process.
class FuseServer {
 public:
  /// Mounts. `tree` must live longer. access_denied, io_failed, ...: libfuse or fusermount3
  /// refused; the message says what they said. name_too_long: more than the kernel takes of
  /// `source`.
  static Result<std::unique_ptr<FuseServer>> mount(MountTree& tree, ServerOptions options);

  FuseServer(const FuseServer&) = delete;
  FuseServer& operator=(const FuseServer&) = delete;
  ~FuseServer();

  /// Answers the kernel, on several threads, until the directory is unmounted or a signal (SIGINT,
  /// SIGTERM, SIGHUP) comes. io_failed: the kernel's side broke.
  Result<void> serve();

 private:
  struct State;
  explicit FuseServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// `text` as the value of a mount option: ',' and '\' are escaped.
std::string escape_mount_option(std::string_view text);

}  // namespace casement::cli

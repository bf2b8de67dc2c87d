// SPDX-License-Identifier: Apache-2.0
// What the kernel asks of a mount, answered from a MountTree.
#pragma once

#include <functional>

#include "tools/casement/fuse/fuse_api.h"
#include "tools/casement/fuse/mount_tree.h"

namespace casement::cli {

/// The userdata of the session.
struct Service {
  MountTree& tree;
  std::function<void()> ready;
};

/// Every request that reads. Those that write are not there: the kernel refuses them on a read-only
/// mount.
fuse_lowlevel_ops mount_operations();

}  // namespace casement::cli

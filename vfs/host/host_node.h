// SPDX-License-Identifier: Apache-2.0
// One node of a directory tree, held open: what the host tells about it. POSIX only.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/fs/file_system.h"
#include "vfs/fs/host_name.h"
#include "vfs/host/tree_root.h"
#include "vfs/host/unique_fd.h"

namespace casement {

/// A node opened with O_PATH: it cannot be exchanged under us, and nothing was read or waited for.
class HostNode {
 public:
  /// `relative` as for TreeRoot::open_beneath(). `ntfs`: ask for NTFS attributes.
  static Result<HostNode> open(const TreeRoot& root, std::string relative, NameCoding coding,
                               bool ntfs);

  NodeKind kind() const noexcept;
  int fd() const noexcept { return fd_.get(); }

  Result<NodeInfo> info() const;
  Result<std::vector<StreamInfo>> streams() const;
  Result<SourcePtr> open_stream(std::u16string_view stream) const;
  Result<std::vector<std::byte>> reparse_data() const;
  Result<std::vector<std::byte>> security_descriptor() const;

 private:
  HostNode(const TreeRoot& root, std::string relative, NameCoding coding, bool ntfs, UniqueFd fd,
           const struct statx& status);

  std::string name() const { return root_->describe(relative_); }
  Result<std::string> link_text() const;
  Result<std::uint32_t> link_tag() const;
  Result<SourcePtr> open_main() const;
  Result<void> check_openable() const;

  const TreeRoot* root_;  // outlives this object
  std::string relative_;
  NameCoding coding_;
  bool ntfs_;
  UniqueFd fd_;
  struct statx status_;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// An archive behind the FileSystem interface.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/archive/archive_tree.h"
#include "vfs/archive/member_store.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Directories are listed in the order of the archive: who reads files in this order reads the
/// archive forwards. Names are found without regard to case; of several that differ in case only
/// the lowest wins ("ambiguous-case"). Symlinks are reparse points of tag symlink (host_link.h).
/// Hard links are one node. There are no security descriptors and no named streams. Thread-safe.
class ArchiveFileSystem final : public FileSystem {
 public:
  /// Precondition: `store` is not null, and the members of `tree` are its own.
  ArchiveFileSystem(ArchiveTree tree, std::string format, std::shared_ptr<const MemberStore> store)
      : tree_(std::make_shared<const ArchiveTree>(std::move(tree))),
        format_(std::move(format)),
        store_(std::move(store)) {}

  const char* type_name() const noexcept override { return "archive"; }
  Diagnostics diagnostics() const override { return store_->findings().snapshot(); }
  FileSystemInfo info() const override;
  NodeId root() const noexcept override { return {0}; }
  Result<NodeInfo> stat(NodeId node) const override;
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;

  /// How often the archive was read from its beginning to unpack members; for tests of costs.
  std::uint32_t passes() const { return store_->passes(); }

 private:
  Result<const ArchiveNode*> get(NodeId id) const;
  Result<std::uint32_t> directory(NodeId id) const;
  std::string describe(NodeId id) const;

  std::shared_ptr<const ArchiveTree> tree_;
  std::string format_;
  std::shared_ptr<const MemberStore> store_;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// A directory tree of the host as Windows would see it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/host_name.h"
#include "vfs/host/tree_root.h"

namespace casement {

struct HostOptions {
  NameCoding names = NameCoding::plain;
  OpenMethod open_method = OpenMethod::automatic;
  Limits limits;
};

/// An extracted, captured or mounted tree. Names are looked up without regard to case; NTFS
/// attributes, times, 8.3 names, reparse data, security descriptors and named streams come from the
/// extended attributes of ntfs-3g and ntfs3 where the host offers them.
///
/// Nothing outside the tree is ever opened: host symlinks are not followed but shown as reparse
/// points of tag symlink (see host_link.h), whose targets only the path walker follows, inside.
/// Sockets, named pipes and devices are listed as files and refuse to open (unsupported). What may
/// not be read gives access_denied with its host path and hides nothing else. Names: see
/// host_name.h. Needs no privileges. Thread-safe.
class HostFileSystem final : public FileSystem {
 public:
  /// not_a_directory, not_found, path_not_found, access_denied, ...: the directory itself.
  static Result<std::shared_ptr<const HostFileSystem>> open(const std::string& path,
                                                            const HostOptions& options = {});

  /// A directory of this tree as a tree of its own; the same guarantees hold for it. `names` is the
  /// coding below it; other options are inherited.
  Result<std::shared_ptr<const HostFileSystem>> subtree(NodeId directory, NameCoding names) const;

  ~HostFileSystem() override;

  /// Absolute host path of the root, for messages.
  const std::string& path() const noexcept;
  /// Whether the host keeps NTFS attributes for this tree.
  bool has_ntfs_attributes() const noexcept;
  /// What was found on the way: "ambiguous-case" when several names differ in case only.
  Diagnostics diagnostics() const override;
  /// The name of a node as it is on the host: bytes. Empty for the root.
  Result<std::string> host_path(NodeId node) const;

  const char* type_name() const noexcept override { return "host"; }
  NodeId root() const noexcept override;
  Result<NodeInfo> stat(NodeId node) const override;
  /// In byte order of the host names.
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;

 private:
  struct State;
  class Reader;
  explicit HostFileSystem(std::shared_ptr<State> state);

  std::shared_ptr<State> state_;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// An NTFS volume behind the FileSystem interface.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vfs/fs/file_system.h"
#include "vfs/ntfs/directory.h"
#include "vfs/ntfs/parent_map.h"
#include "vfs/ntfs/secure.h"
#include "vfs/ntfs/volume.h"
#include "vfs/ntfs/volume_info.h"

namespace casement::ntfs {

/// Node ids are file references. An id of an earlier generation of its record is not_found; one of
/// a deleted file is good for stat(), streams() and open() as long as its record is not used again.
/// Thread-safe. Directory readers, scans and sources stay usable after it is gone.
class NtfsFileSystem final : public FileSystem {
 public:
  /// bad_format: not NTFS. corrupt, truncated: no MFT, or neither a root directory nor any other
  /// record of it can be read.
  static Result<std::shared_ptr<const NtfsFileSystem>> open(SourcePtr source, const Limits& limits);

  const char* type_name() const noexcept override { return "ntfs"; }
  /// What was noticed so far, by any call.
  Diagnostics diagnostics() const override;
  FileSystemInfo info() const override;
  NodeId root() const noexcept override { return root_.node(); }
  Result<NodeInfo> stat(NodeId node) const override;
  /// In the order of the index.
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;
  Result<std::unique_ptr<VolumeScan>> scan(const ScanOptions& options) const override;

 private:
  NtfsFileSystem(NtfsVolumePtr volume, FileReference root);
  Result<NtfsNode> node(NodeId id) const;

  NtfsVolumePtr volume_;
  FileReference root_;
  NtfsVolumeInfo volume_info_;
  DirectoryCache directories_;
  SecurityTable security_;
};

}  // namespace casement::ntfs

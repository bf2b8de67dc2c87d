// SPDX-License-Identifier: Apache-2.0
// FAT12, FAT16 and FAT32 behind the FileSystem interface.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vfs/fat/fat_volume.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Times are the local time of the machine that wrote them: FAT keeps no zone. They are given as if
/// they had been UTC. `changed` is never set. 8.3 names and labels are read by code page 437. A
/// file whose chain is shorter than its size keeps the size; reading what is lost gives corrupt,
/// with the position. A file's allocated_size is computed from its size, a directory's is not
/// given. Deleted files are the clusters behind their first one that are still free. Thread-safe.
class FatFileSystem final : public FileSystem {
 public:
  explicit FatFileSystem(FatVolumePtr volume) : volume_(std::move(volume)) {}

  const char* type_name() const noexcept override { return "fat"; }
  Diagnostics diagnostics() const override { return volume_->findings().snapshot(); }
  FileSystemInfo info() const override;
  NodeId root() const noexcept override { return {0}; }
  Result<NodeInfo> stat(NodeId node) const override;
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;
  Result<std::unique_ptr<VolumeScan>> scan(const ScanOptions& options) const override;

 private:
  Result<FatDirectory> directory(NodeId dir) const;

  FatVolumePtr volume_;
};

}  // namespace casement

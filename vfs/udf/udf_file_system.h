// SPDX-License-Identifier: Apache-2.0
// UDF behind the FileSystem interface.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vfs/fs/file_system.h"
#include "vfs/udf/udf_volume.h"

namespace casement {

/// Times are UTC where their zone is stored, else the clock reading as it is. A file that is longer
/// than its extents keeps its size; reading what is lost gives corrupt. Files of other kinds than
/// regular ones (symbolic links, devices) are files with the bytes that they have. Thread-safe.
class UdfFileSystem final : public FileSystem {
 public:
  explicit UdfFileSystem(UdfVolumePtr volume) : volume_(std::move(volume)) {}

  const char* type_name() const noexcept override { return "udf"; }
  Diagnostics diagnostics() const override { return volume_->findings().snapshot(); }
  FileSystemInfo info() const override;
  NodeId root() const noexcept override { return to_node_id({volume_->root(), false}); }
  Result<NodeInfo> stat(NodeId node) const override;
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;

 private:
  std::uint64_t allocated(const UdfEntry& entry) const noexcept;

  UdfVolumePtr volume_;
};

}  // namespace casement

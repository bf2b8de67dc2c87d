// SPDX-License-Identifier: Apache-2.0
// ISO 9660 behind the FileSystem interface.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vfs/fs/file_system.h"
#include "vfs/iso9660/iso9660_volume.h"

namespace casement {

/// Everything is read-only, as Windows says of such media. Files have one moment, which is given
/// three times; Rock Ridge knows more. What the image no longer holds of a file fails with
/// truncated when it is read. Thread-safe.
class Iso9660FileSystem final : public FileSystem {
 public:
  explicit Iso9660FileSystem(Iso9660VolumePtr volume) : volume_(std::move(volume)) {}

  const char* type_name() const noexcept override { return "iso9660"; }
  Diagnostics diagnostics() const override { return volume_->findings().snapshot(); }
  FileSystemInfo info() const override;
  NodeId root() const noexcept override { return {volume_->tree().root_record}; }
  Result<NodeInfo> stat(NodeId node) const override;
  Result<std::unique_ptr<DirReader>> read_dir(NodeId dir) const override;
  Result<std::optional<DirEntry>> lookup(NodeId dir, std::u16string_view name) const override;
  Result<std::vector<StreamInfo>> streams(NodeId node) const override;
  Result<SourcePtr> open(NodeId node, std::u16string_view stream) const override;
  Result<std::vector<std::byte>> reparse_data(NodeId node) const override;
  Result<std::vector<std::byte>> security_descriptor(NodeId node) const override;

 private:
  Iso9660VolumePtr volume_;
};

}  // namespace casement

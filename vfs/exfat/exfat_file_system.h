// SPDX-License-Identifier: Apache-2.0
// exFAT behind the FileSystem interface.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vfs/exfat/exfat_volume.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Times are UTC where their zone is stored, else the clock reading as it is. Bytes behind a file's
/// valid length read as zeros. A file whose chain is shorter than its size keeps the size; reading
/// what is lost gives corrupt, with the position. Names are compared by the volume's own up-case
/// table. Thread-safe.
class ExfatFileSystem final : public FileSystem {
 public:
  explicit ExfatFileSystem(ExfatVolumePtr volume) : volume_(std::move(volume)) {}

  const char* type_name() const noexcept override { return "exfat"; }
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
  Result<ExfatDirectory> directory(NodeId dir) const;

  ExfatVolumePtr volume_;
};

}  // namespace casement

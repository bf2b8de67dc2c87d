// SPDX-License-Identifier: Apache-2.0
// What file systems share.
#include "vfs/fs/file_system.h"

namespace casement {

const char* to_string(ContentKind kind) noexcept {
  switch (kind) {
    case ContentKind::stored:
      return "stored";
    case ContentKind::compressed:
      return "compressed";
    case ContentKind::wof:
      return "wof";
    case ContentKind::encrypted:
      return "encrypted";
    case ContentKind::wim_backed:
      return "wim-backed";
    case ContentKind::deduplicated:
      return "deduplicated";
    case ContentKind::cloud_placeholder:
      return "cloud-placeholder";
  }
  return "unknown";
}

Result<std::uint32_t> FileSystem::link_count(NodeId node) const {
  const NodeInfo info = CASEMENT_TRY(stat(node));
  return info.link_count;
}

Result<std::unique_ptr<VolumeScan>> FileSystem::scan(const ScanOptions& /*options*/) const {
  return std::unique_ptr<VolumeScan>{};
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Main streams: the list, and the refusal of all others.
#include "vfs/fs/main_stream.h"

#include <fmt/format.h>

namespace casement {

std::vector<StreamInfo> main_stream_of(const NodeInfo& info) {
  if (info.kind == NodeKind::directory) {
    return {};
  }
  return {{{}, info.size, info.allocated_size}};
}

Result<void> check_main_stream(NodeKind kind, std::u16string_view stream, const ByteSource& volume,
                               const char* type) {
  if (kind == NodeKind::directory) {
    return fail(Status::not_found,
                fmt::format("{}: a directory has no main stream", volume.describe()));
  }
  if (!stream.empty()) {
    return fail(Status::not_found,
                fmt::format("{}: {} files have no named streams", volume.describe(), type));
  }
  return {};
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The streams of file systems whose files have one stream each.
#pragma once

#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// The main stream of a file; none of a directory.
std::vector<StreamInfo> main_stream_of(const NodeInfo& info);

/// not_found unless `stream` is the main stream of a file. `volume` and `type`, "FAT", are for the
/// Error.
Result<void> check_main_stream(NodeKind kind, std::u16string_view stream, const ByteSource& volume,
                               const char* type);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// How much memory the header of a 7z archive asks for, before anybody allocates it.
#pragma once

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"

namespace casement {

/// limit_exceeded: the header, or what it unpacks to, is larger than Limits::max_table_size.
/// corrupt: it counts more files than it has bytes, or a packed header is not described as it must
/// be. io_failed: from the source. Headers that are cut off are left to libarchive.
Result<void> check_seven_zip_header(const ByteSource& archive, const Limits& limits);

}  // namespace casement

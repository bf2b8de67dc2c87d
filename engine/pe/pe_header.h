// SPDX-License-Identifier: Apache-2.0
// The machine type of a portable executable.
#pragma once

#include <cstdint>

#include "vfs/core/byte_source.h"

namespace casement {

/// IMAGE_FILE_HEADER::Machine. Reads two small pieces of the file and nothing else.
/// bad_format: no MZ or no PE signature. truncated: the headers do not fit into the file.
Result<std::uint16_t> read_pe_machine(const ByteSource& file);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What the first bytes of a file say it is.
#pragma once

#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

namespace casement {

/// A name for people: "a registry hive", "a Windows program"; "an empty file" and "a file of
/// unknown content" included. Knows only what no format opens. Judged by content alone, never by
/// the file's name. io_failed: the bytes cannot be read.
Result<std::string> describe_content(const ByteSource& source);

}  // namespace casement

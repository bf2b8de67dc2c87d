// SPDX-License-Identifier: Apache-2.0
// From a volume's bytes to its UDF file system.
#pragma once

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// The recognition sequence names UDF (NSR02, NSR03), or there is an anchor in a place where it
/// belongs. Bridges are UDF and ISO 9660: ask this first. Errors: the volume cannot be read there.
Result<bool> probe_udf(const ByteSource& volume);

/// Opens the file system. bad_format: not UDF. unsupported: a partition of a kind that is not
/// known. corrupt, truncated: no way to the root directory; lesser damage is in
/// FileSystem::diagnostics().
Result<FileSystemPtr> open_udf(SourcePtr volume, const Limits& limits = {});

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// From a volume's bytes to its ISO 9660 file system.
#pragma once

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Sector 16 begins a sequence of volume descriptors ("CD001"). True of bridges as well, where the
/// tree of ISO 9660 may hold nothing but a text that asks for UDF: ask probe_udf() first. Errors:
/// the sector cannot be read.
Result<bool> probe_iso9660(const ByteSource& volume);

/// Opens the file system: the Joliet tree when there is one, else the primary one with Rock Ridge
/// names, else the enhanced one, else the primary one as it is. bad_format: not ISO 9660. corrupt,
/// truncated: no way to the root directory; lesser damage is in FileSystem::diagnostics().
Result<FileSystemPtr> open_iso9660(SourcePtr volume, const Limits& limits = {});

}  // namespace casement

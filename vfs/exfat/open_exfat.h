// SPDX-License-Identifier: Apache-2.0
// From a volume's bytes to its exFAT file system.
#pragma once

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// The boot sector, or the backup of one that is damaged, claims to be exFAT. Reads only those;
/// errors: the boot sector cannot be read.
Result<bool> probe_exfat(const ByteSource& volume);

/// Opens the file system. bad_format: not exFAT. unsupported: another major revision. corrupt,
/// truncated: a volume so damaged that no directory can be read; lesser damage is in
/// FileSystem::diagnostics().
Result<FileSystemPtr> open_exfat(SourcePtr volume, const Limits& limits = {});

}  // namespace casement

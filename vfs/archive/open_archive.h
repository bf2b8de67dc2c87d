// SPDX-License-Identifier: Apache-2.0
// From the bytes of an archive to its file system.
#pragma once

#include "vfs/archive/archive_options.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Told by content alone: zip, 7z, rar 4 and 5, cabinets, tar, and a tar in gzip, bzip2, xz, lzma,
/// lzip, zstd, lz4 or compress. Other compressed data is no archive. Self-extracting archives are
/// programs. Errors: the source cannot be read.
Result<bool> probe_archive(const ByteSource& file);

/// Opens an archive: one pass over its headers, which for compressed tars is one over all of it.
/// Damage that leaves something to be read is in FileSystem::diagnostics(). bad_format: no archive.
/// unsupported: the names are encrypted. corrupt, truncated: not one member can be found.
/// limit_exceeded: a table beyond Limits.
Result<FileSystemPtr> open_archive(SourcePtr file, const Limits& limits = {});

/// The same with other bounds.
Result<FileSystemPtr> open_archive_with(SourcePtr file, const ArchiveOptions& options);

}  // namespace casement

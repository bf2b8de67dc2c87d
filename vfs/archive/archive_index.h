// SPDX-License-Identifier: Apache-2.0
// One pass over an archive: what is in it.
#pragma once

#include "vfs/archive/archive_format.h"
#include "vfs/archive/archive_options.h"
#include "vfs/archive/member_lister.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"
#include "vfs/core/unique_findings.h"

namespace casement {

/// Lists an archive from front to back by libarchive. What follows damage that cannot be passed is
/// missing, with the finding "archive-damaged". Errors: not even the first header can be read.
Result<ArchiveIndex> index_stream(const SourcePtr& archive, const ArchiveShape& shape,
                                  const ArchiveOptions& options, UniqueFindings& findings);

/// Lists a zip archive by its central directory: members can then be read in any order. Errors:
/// there is no such directory, or nothing of it can be read; index_stream() may find members still.
Result<ArchiveIndex> index_zip(const SourcePtr& archive, const ArchiveOptions& options,
                               UniqueFindings& findings);

}  // namespace casement

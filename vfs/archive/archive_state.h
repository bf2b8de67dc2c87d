// SPDX-License-Identifier: Apache-2.0
// What the parts of an opened archive share.
#pragma once

#include <vector>

#include "vfs/archive/archive_format.h"
#include "vfs/archive/archive_member.h"
#include "vfs/archive/archive_options.h"
#include "vfs/archive/content_cache.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/unique_findings.h"

namespace casement {

/// Everything but `findings` and `cache`, which have locks of their own, is fixed once the archive
/// is open.
struct ArchiveState {
  ArchiveState(SourcePtr archive, const ArchiveShape& the_shape, const ArchiveOptions& the_options)
      : source(std::move(archive)), shape(the_shape), options(the_options), cache(the_options) {}

  SourcePtr source;
  ArchiveShape shape;
  ArchiveOptions options;
  std::vector<ArchiveMember> members;
  UniqueFindings findings;
  ContentCache cache;
};

}  // namespace casement

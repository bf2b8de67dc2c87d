// SPDX-License-Identifier: Apache-2.0
// Where the bytes of a file lie, and those bytes as a source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/udf/udf_entry.h"
#include "vfs/udf/udf_space.h"

namespace casement {

struct UdfExtent {
  UdfPlace place;
  std::uint64_t length = 0;  // bytes
  bool recorded = true;      // otherwise zeros
};

struct UdfExtents {
  std::vector<UdfExtent> list;
  /// Why it ends too early: a continuation that cannot be read, a loop, too many extents.
  std::optional<Error> broken;
};

/// The allocation descriptors of an entry and of their continuations. Empty for files whose bytes
/// lie in their entry.
UdfExtents read_udf_extents(const UdfSpace& space, const UdfEntry& entry, const Limits& limits);

/// `entry.size` bytes. What was never recorded reads as zeros; what lies outside of its partition
/// or in no extent at all fails with corrupt when it is read (finding "udf-lost").
Result<SourcePtr> open_udf_content(const UdfSpace& space, const UdfEntry& entry,
                                   const Limits& limits, UniqueFindings& findings);

}  // namespace casement

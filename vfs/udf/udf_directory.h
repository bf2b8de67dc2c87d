// SPDX-License-Identifier: Apache-2.0
// Directories: file identifier descriptors, one behind the other.
#pragma once

#include <string>

#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/fs/dir_listing.h"
#include "vfs/udf/udf_entry.h"
#include "vfs/udf/udf_space.h"

namespace casement {

/// A node of a UDF volume: the place of its entry, and whether its name is hidden, which the entry
/// does not say.
struct UdfNodeId {
  UdfPlace place;
  bool hidden = false;
};
NodeId to_node_id(const UdfNodeId& id) noexcept;
UdfNodeId from_node_id(NodeId id) noexcept;

/// Every name of a directory or stream directory, but for deleted ones, the parent and streams of
/// the implementation. A damaged identifier is an Error in its place; the search for the next one
/// goes on behind it. Findings: "udf-dot-entry", "udf-odd-name".
DirListingPtr read_udf_directory(const UdfSpace& space, const UdfEntry& directory,
                                 const Limits& limits, UniqueFindings& findings);

}  // namespace casement

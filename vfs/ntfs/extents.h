// SPDX-License-Identifier: Apache-2.0
// Extents of an attribute that lie in extension records.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "vfs/core/unique_findings.h"
#include "vfs/ntfs/file_reference.h"
#include "vfs/ntfs/mft.h"
#include "vfs/ntfs/run_list.h"

namespace casement::ntfs {

/// A further extent of an attribute, in a record that has not been read for it.
struct ExtentPlace {
  std::uint64_t lowest_vcn = 0;
  FileReference record;
};

/// Whose extents they are.
struct ExtentOwner {
  FileReference base;  // the file's base record
  /// The file was deleted: its records are unused, and their sequence numbers have been counted up
  /// since its references were written.
  bool deleted = false;
  std::uint32_t type = 0;
  std::u16string name;
};

/// `record` was found by `reference` in the attribute list of `base`. corrupt: it is of another
/// generation or extends another record, or none. `deleted`: as in ExtentOwner.
Result<void> check_extension(const FileRecord& record, FileReference reference, FileReference base,
                             bool deleted);

/// Adds the runs of `places`, sorted by VCN, to `runs`. An extent whose record or runs are damaged
/// leaves its clusters unmapped and gives the finding "extent-missing". `runs` may be those of the
/// MFT itself: each record is then read through the extents before it.
void append_extents(const Mft& mft, const ExtentOwner& owner, std::span<const ExtentPlace> places,
                    const RunBounds& bounds, UniqueFindings& findings, RunList& runs);

}  // namespace casement::ntfs

// SPDX-License-Identifier: Apache-2.0
// The records of one directory as a listing.
#pragma once

#include "vfs/fs/dir_listing.h"
#include "vfs/iso9660/iso9660_volume.h"

namespace casement {

/// Every entry but ".", "..", associated files and directories that were moved here. A damaged
/// record is an Error in its place; the search for the next one goes on behind it. Findings:
/// "iso9660-record-length", "iso9660-crossing-record", "iso9660-associated-file",
/// "iso9660-dot-entry", "iso9660-odd-name". Precondition: `directory` is one.
DirListingPtr list_iso9660_directory(const Iso9660Volume& volume, const Iso9660Node& directory);

}  // namespace casement

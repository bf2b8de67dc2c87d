// SPDX-License-Identifier: Apache-2.0
// A patch of Windows Installer (.msp) outside of an installation, and which products it is for.
#pragma once

#include <vector>

#include "engine/inspect/msi_apps.h"
#include "vfs/core/byte_source.h"
#include "vfs/core/guid.h"
#include "vfs/core/result.h"

namespace casement {

/// What the summary information of a patch says.
struct MsiPatchFile {
  Guid code;
  std::vector<Guid> replaces;  // patches that it takes the place of
  std::vector<Guid> products;  // product codes that it was made for
};

/// bad_format: it is no compound file. invalid_data: one, but no patch.
Result<MsiPatchFile> read_msi_patch_file(SourcePtr source);

/// The installed products that the patch is for and that do not have it yet. Versions and languages
/// that its transforms want are not looked at.
std::vector<const MsiProduct*> patchable_products(const MsiPatchFile& patch, const MsiList& list);

}  // namespace casement

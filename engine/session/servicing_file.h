// SPDX-License-Identifier: Apache-2.0
// Packages, driver INFs and patches that lie outside of an installation: what a caller names by a
// path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/msi_patch_file.h"
#include "engine/servicing/package_manifest.h"
#include "vfs/core/bytes.h"
#include "vfs/core/result.h"

namespace casement {

/// The manifest of a cabinet, of a folder with an unpacked one (update.mum, or the only .mum in
/// it), or a .mum itself. `path` is one of the host, '/' and '\' both separate. not_found,
/// path_not_found: nothing is there. 0x800F0805 (CBS_E_INVALID_PACKAGE): something else.
Result<PackageManifest> read_package_file(std::u16string_view path);

inline constexpr Status invalid_package =
    static_cast<Status>(static_cast<std::int32_t>(0x800F0805));

/// A driver's INF outside of the installation.
struct InfFile {
  std::u16string name;  // of the file
  std::u16string path;  // as given
  std::vector<std::byte> bytes;
};
Result<InfFile> read_inf_file(std::u16string_view path);

/// A patch of Windows Installer; as read_msi_patch_file() has it.
Result<MsiPatchFile> read_patch_file(std::u16string_view path);

}  // namespace casement

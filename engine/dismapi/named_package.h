// SPDX-License-Identifier: Apache-2.0
// The package that an Identifier and a PackageIdentifier name.
#pragma once

#include <variant>

#include "engine/dismapi/dismapi.h"
#include "engine/inspect/packages.h"
#include "engine/servicing/package_manifest.h"
#include "vfs/core/result.h"

namespace casement::dismapi {

/// One of the installation, which belongs to its store, or the manifest of one outside of it.
using NamedPackage = std::variant<const Package*, PackageManifest>;

/// invalid_package (0x800F0805): the installation has none of that name, or the file is none.
/// Others as read_package_file(). Precondition: both arguments were checked; DismPackageNone names
/// nothing.
Result<NamedPackage> find_named_package(const PackageStore& store, PCWSTR identifier,
                                        DismPackageIdentifier kind);

}  // namespace casement::dismapi

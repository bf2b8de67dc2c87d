// SPDX-License-Identifier: Apache-2.0
// Finding packages that a command line names, for the commands on packages and on features.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/inspect/packages.h"
#include "tools/dism/context.h"

namespace casement::dism {

/// The words of DISM; those of the manifest for a type that it does not have.
std::string release_type_text(const std::optional<ReleaseType>& type,
                              std::u16string_view as_written);

/// The package of /PackageName. invalid_package: the image has none of that identity.
Result<const Package*> named_package(Context& context, std::string_view identity);
/// The manifest of /PackagePath. Errors as read_package_file().
Result<PackageManifest> package_at(Context& context, const std::string& path);

}  // namespace casement::dism

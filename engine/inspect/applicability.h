// SPDX-License-Identifier: Apache-2.0
// Whether a package belongs on an installation.
#pragma once

#include "engine/inspect/packages.h"

namespace casement {

/// Its architecture is the installation's, one of its parents is there (where it names any), and
/// no newer one of its kind is installed. Conditions on single components are not evaluated.
bool is_applicable(const PackageStore& store, const PackageManifest& manifest);

}  // namespace casement

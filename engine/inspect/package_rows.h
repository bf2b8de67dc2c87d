// SPDX-License-Identifier: Apache-2.0
// The keys of packages in the registry.
#pragma once

#include <string_view>
#include <vector>

#include "engine/inspect/packages.h"

namespace casement {

/// Where servicing keeps its state, in SOFTWARE.
inline constexpr std::u16string_view servicing_key =
    u"Microsoft\\Windows\\CurrentVersion\\Component Based Servicing";

/// The keys below Component Based Servicing\Packages, in the order of the hive; each is read once.
/// Empty where there is no such key. What is damaged or of a wrong type is a finding.
std::vector<Package> read_package_rows(const Image& image, Diagnostics& findings);

}  // namespace casement

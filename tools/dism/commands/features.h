// SPDX-License-Identifier: Apache-2.0
// What the commands on features and on packages print alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/features.h"

namespace casement::dism {

/// "Custom Properties:" and a line each, or that there are none.
void add_custom_properties(std::string& out, const std::vector<CustomProperty>& properties);

/// "Features listing for package : ..." and name and state of each, or that there are none.
void add_feature_list(std::string& out, std::u16string_view package,
                      const std::vector<Feature>& features);

}  // namespace casement::dism

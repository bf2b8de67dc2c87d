// SPDX-License-Identifier: Apache-2.0
// Features below those that they need.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/inspect/features.h"

namespace casement::cli {

/// Those that `takes` wants, and above each the features that it needs, up to one that needs none.
/// A feature that needs several stands below each of them; what needs it in turn is printed once.
void append_feature_tree(std::string& out, const std::vector<Feature>& features,
                         const std::function<bool(const Feature&)>& takes);

}  // namespace casement::cli

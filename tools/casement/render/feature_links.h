// SPDX-License-Identifier: Apache-2.0
// Which features need which, as positions.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/inspect/features.h"

namespace casement::cli {

/// Of one feature: those that it needs and those that need it, by their positions in the list.
struct FeatureLinks {
  std::vector<std::size_t> parents;
  std::vector<std::size_t> children;
};

/// One for each feature. Names have no case; a parent that is not in the list, or is the feature
/// itself, is left out. Circles are possible: manifests may be damaged.
std::vector<FeatureLinks> link_features(const std::vector<Feature>& features);

}  // namespace casement::cli

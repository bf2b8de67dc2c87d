// SPDX-License-Identifier: Apache-2.0
// Packages with their manifests, for lists.
#pragma once

#include <functional>
#include <vector>

#include "tools/casement/render/describe_packages.h"

namespace casement::cli {

/// Those that are wanted, in the store's order. The rows refer to the store.
std::vector<PackageRow> package_rows(const PackageStore& store,
                                     const std::function<bool(const Package&)>& wanted);

/// Each feature with those that need it; refers to the list.
std::vector<FeatureRow> feature_rows(const FeatureList& list);

}  // namespace casement::cli

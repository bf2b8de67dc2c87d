// SPDX-License-Identifier: Apache-2.0
// Lists of features as one line of text.
#pragma once

#include <string>
#include <string_view>

#include "engine/inspect/features.h"
#include "tests/engine/inspect/serviced_windows.h"

namespace casement::test {

FeatureList features_of(const ServicedWindows& windows);

/// "First Second".
std::string names(const FeatureList& list);
/// "First Enabled, Second Disabled".
std::string states(const FeatureList& list);

/// The feature of that very name, or a failed test. Points into `list`.
const Feature& only(const FeatureList& list, std::u16string_view name);

}  // namespace casement::test

// SPDX-License-Identifier: Apache-2.0
// Names and states, in the order of the list.
#include "tests/engine/inspect/feature_support.h"

#include <boost/test/unit_test.hpp>

#include "vfs/core/utf16.h"

namespace casement::test {

FeatureList features_of(const ServicedWindows& windows) {
  return read_features(*windows.store());
}

std::string names(const FeatureList& list) {
  std::string text;
  for (const Feature& feature : list.features) {
    text += (text.empty() ? "" : " ") + to_utf8(feature.name);
  }
  return text;
}

std::string states(const FeatureList& list) {
  std::string text;
  for (const Feature& feature : list.features) {
    text += (text.empty() ? "" : ", ") + to_utf8(feature.name) + " " +
            feature_state_name(feature.state);
  }
  return text;
}

const Feature& only(const FeatureList& list, std::u16string_view name) {
  const Feature* const feature = find_feature(list, name, true);
  BOOST_REQUIRE_MESSAGE(feature != nullptr, to_utf8(name) << " among: " << names(list));
  return *feature;
}

}  // namespace casement::test

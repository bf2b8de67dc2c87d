// SPDX-License-Identifier: Apache-2.0
// Linking features.
#include "tools/casement/render/feature_links.h"

#include <map>
#include <string>

#include "vfs/core/upcase.h"

namespace casement::cli {
namespace {

std::u16string folded(std::u16string_view name) {
  std::u16string text(name);
  for (char16_t& unit : text) {
    unit = upcase(unit);
  }
  return text;
}

}  // namespace

std::vector<FeatureLinks> link_features(const std::vector<Feature>& features) {
  std::map<std::u16string, std::size_t> positions;
  for (std::size_t i = 0; i < features.size(); ++i) {
    positions.emplace(folded(features[i].name), i);
  }
  std::vector<FeatureLinks> links(features.size());
  for (std::size_t i = 0; i < features.size(); ++i) {
    for (const std::u16string& parent : features[i].parents) {
      const auto found = positions.find(folded(parent));
      if (found != positions.end() && found->second != i) {
        links[i].parents.push_back(found->second);
        links[found->second].children.push_back(i);
      }
    }
  }
  return links;
}

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// The tree of features.
#include "tools/casement/render/feature_tree.h"

#include <algorithm>
#include <utility>

#include "tools/casement/render/feature_links.h"
#include "tools/casement/render/numbers.h"
#include "tools/casement/render/text.h"
#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

// Of the features of Windows the deepest has four above it.
constexpr std::size_t deepest_indentation = 20;

class TreeWriter {
 public:
  TreeWriter(std::string& out, const std::vector<Feature>& features)
      : out_(out),
        features_(features),
        links_(link_features(features)),
        wanted_(features.size()),
        printed_(features.size()) {}

  /// The feature and all above it, each once.
  void want(std::size_t from) {
    std::vector<std::size_t> waiting{from};
    while (!waiting.empty()) {
      const std::size_t index = waiting.back();
      waiting.pop_back();
      if (!wanted_[index]) {
        wanted_[index] = true;
        const auto& parents = links_[index].parents;
        waiting.insert(waiting.end(), parents.begin(), parents.end());
      }
    }
  }

  void write_all() {
    for (std::size_t i = 0; i < features_.size(); ++i) {
      if (wanted_[i] && links_[i].parents.empty()) {
        write(i);
      }
    }
    // Features that need each other in a circle have no root.
    for (std::size_t i = 0; i < features_.size(); ++i) {
      if (wanted_[i] && !printed_[i]) {
        write(i);
      }
    }
  }

 private:
  void write(std::size_t root) {
    std::vector<std::pair<std::size_t, std::size_t>> waiting{{root, 0}};  // feature and depth
    while (!waiting.empty()) {
      const auto [index, depth] = waiting.back();
      waiting.pop_back();
      const bool again = printed_[index];
      printed_[index] = true;
      line(index, depth, again);
      const auto& children = links_[index].children;
      for (std::size_t i = again ? 0 : children.size(); i > 0; --i) {
        if (wanted_[children[i - 1]]) {
          waiting.emplace_back(children[i - 1], depth + 1);
        }
      }
    }
  }

  void line(std::size_t index, std::size_t depth, bool again) {
    append_spaces(out_, 2 + 2 * std::min(depth, deepest_indentation));
    append_printable(out_, features_[index].name);
    out_ += ": ";
    out_ += feature_state_words(features_[index].state).words;
    out_ += again && !links_[index].children.empty() ? " (see above)\n" : "\n";
  }

  std::string& out_;
  const std::vector<Feature>& features_;
  std::vector<FeatureLinks> links_;
  std::vector<bool> wanted_;  // itself, or something below it
  std::vector<bool> printed_;
};

}  // namespace

void append_feature_tree(std::string& out, const std::vector<Feature>& features,
                         const std::function<bool(const Feature&)>& takes) {
  TreeWriter tree(out, features);
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (takes(features[i])) {
      tree.want(i);
    }
  }
  const std::size_t before = out.size();
  tree.write_all();
  if (out.size() == before) {
    out += "No features.\n";
  }
}

}  // namespace casement::cli

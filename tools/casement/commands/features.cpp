// SPDX-License-Identifier: Apache-2.0
// `casement features`.
#include "tools/casement/commands/features.h"

#include <fmt/format.h>

#include "tools/casement/commands/package_rows.h"
#include "tools/casement/commands/question.h"
#include "tools/casement/render/feature_links.h"
#include "tools/casement/render/feature_tree.h"
#include "tools/casement/render/text.h"
#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

/// The features of the package that was named, else of the foundation. nullopt: no such package,
/// which was said.
std::optional<FeatureList> list_features(const PackageStore& store,
                                         const FeaturesOptions& options) {
  if (!options.package) {
    return read_features(store);
  }
  const ItemNames names = with_short_names(
      names_of(store.packages(), [](const Package& package) { return package.identity; }));
  const auto index = choose_item(*options.package, names, "packages");
  if (!index) {
    return std::nullopt;
  }
  return read_features(store, store.packages()[*index]);
}

}  // namespace

std::vector<FeatureRow> feature_rows(const FeatureList& list) {
  const std::vector<FeatureLinks> links = link_features(list.features);
  std::vector<FeatureRow> rows;
  for (std::size_t i = 0; i < list.features.size(); ++i) {
    rows.push_back({.feature = &list.features[i], .children = {}});
    for (const std::size_t child : links[i].children) {
      rows.back().children.push_back(list.features[child].name);
    }
  }
  return rows;
}

ExitCode run_features(const FeaturesOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const PackageStore& store = std::get<SessionPtr>(opened)->packages();
  const std::optional<FeatureList> list = list_features(store, options);
  if (!list) {
    return ExitCode::failed;
  }
  FindingList findings;
  findings.add("features", list->diagnostics);
  findings.add("packages", store.findings());
  add_hive_findings(findings, store.image());

  const ItemFilter filter(options);
  const auto takes = [&](const Feature& feature) {
    return filter.takes(feature.name, feature_state_words(feature.state));
  };
  if (options.tree) {
    append_feature_tree(output.text(), list->features, takes);
    return end_question(findings, options.style);
  }
  std::vector<FeatureRow> rows = feature_rows(*list);
  if (options.name.empty()) {
    std::erase_if(rows, [&](const FeatureRow& row) { return !takes(*row.feature); });
  }
  Listing listing = make_listing("features", "feature", rows, describe_feature);
  listing.remark = fmt::format("{} of {} features{}{}", rows.size(), list->features.size(),
                               list->package.empty() ? "" : " of ", printable(list->package));
  listing.more_members = [&](JsonWriter& json) {
    list->package.empty() ? json.null_member("package")
                          : json.text_member("package", list->package);
  };
  const ItemNames names{names_of(rows, [](const FeatureRow& row) { return row.feature->name; })};
  return answer(output, listing, names, options, findings);
}

}  // namespace casement::cli

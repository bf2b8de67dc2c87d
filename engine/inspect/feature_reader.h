// SPDX-License-Identifier: Apache-2.0
// Turns the updates of manifests into features with their states.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/inspect/fact_reader.h"
#include "engine/inspect/feature_packages.h"
#include "engine/inspect/feature_state.h"
#include "engine/inspect/features.h"

namespace casement {

/// Adds features to one list. Belongs to one thread.
class FeatureReader {
 public:
  /// Precondition: both outlive this.
  FeatureReader(const PackageStore& store, FeatureList& list);

  /// The selectable updates of a manifest. `package` is the one of the store that has it; nullptr:
  /// it has none. A name that is in the list already is left as it is, unless it came from an
  /// older version of the same package.
  void add(const PackageManifest& manifest, const Package* package);

 private:
  using States = std::map<std::u16string, const Package::UpdateState*>;  // by upper-cased name

  struct Declaration {
    const PackageManifest& manifest;
    const Package* package;
    std::optional<PackageIdentity> identity;
    States states;
  };
  /// What Notifications\OptionalFeatures has on a feature.
  struct Notification {
    std::optional<bool> selected;
    bool removed = false;
    std::u16string key;
  };

  void add_update(const Declaration& declaration, const ManifestUpdate& update);
  Feature make_feature(const Declaration& declaration, const ManifestUpdate& update);
  void set_state(Feature& feature, const Declaration& declaration, const ManifestUpdate& update);
  void set_texts(Feature& feature, const Declaration& declaration, const ManifestUpdate& update);
  Notification notification(std::u16string_view name);
  std::optional<std::uint64_t> notified(const Key& key, std::u16string_view feature,
                                        std::u16string_view value);
  bool is_newer(const Feature& than, const Declaration& declaration) const;

  const PackageStore& store_;
  FeatureList& list_;
  FactReader facts_;
  PackageTexts texts_;
  HivePtr software_;  // keeps what `notifications_` points into
  std::optional<Key> notifications_;
  std::map<std::u16string, std::size_t> positions_;  // in the list, by name
};

}  // namespace casement

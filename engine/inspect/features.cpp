// SPDX-License-Identifier: Apache-2.0
// Lists of features: which manifests are asked, and in what order.
#include "engine/inspect/features.h"

#include <algorithm>

#include "engine/inspect/feature_packages.h"
#include "engine/inspect/feature_reader.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {

const char* restart_type_name(RestartType type) noexcept {
  switch (type) {
    case RestartType::no:
      return "No";
    case RestartType::possible:
      return "Possible";
    case RestartType::required:
      return "Required";
  }
  return "No";
}

RestartType parse_restart_type(std::u16string_view word) noexcept {
  if (equals_folded(word, u"possible")) {
    return RestartType::possible;
  }
  return equals_folded(word, u"required") ? RestartType::required : RestartType::no;
}

const char* feature_state_name(PackageState state) noexcept {
  switch (state) {
    case PackageState::not_present:
      return "Not Present";
    case PackageState::uninstall_pending:
      return "Disable Pending";
    case PackageState::staged:
      return "Disabled";
    case PackageState::removed:
      return "Disabled with Payload Removed";
    case PackageState::installed:
      return "Enabled";
    case PackageState::install_pending:
      return "Enable Pending";
    case PackageState::superseded:
      return "Superseded";
    case PackageState::partially_installed:
      return "Partially Installed";
  }
  return "Not Present";
}

FeatureList read_features(const PackageStore& store) {
  if (const Package* const root = store.foundation()) {
    return read_features(store, *root);
  }
  return {};
}

FeatureList read_features(const PackageStore& store, const Package& package) {
  FeatureList list;
  list.package = package.identity;
  const std::vector<const Package*> packages = feature_packages(store, package);
  if (store.manifest(package) == nullptr) {
    list.diagnostics.add(Severity::warning, "no-manifest",
                         to_utf8(package.identity) +
                             ": its own features are unknown, since its manifest cannot be read");
  }
  FeatureReader reader(store, list);
  for (const Package* const source : packages) {
    if (const PackageManifest* const manifest = store.manifest(*source)) {
      reader.add(*manifest, source);
    }
  }
  return list;
}

FeatureList read_features(const PackageStore& store, const PackageManifest& manifest) {
  FeatureList list;
  const Package* package = nullptr;
  if (manifest.identity) {
    list.package = manifest.identity->text();
    package = store.find(list.package);
  }
  FeatureReader(store, list).add(manifest, package);
  return list;
}

const Feature* find_feature(const FeatureList& list, std::u16string_view name,
                            bool exact_case) noexcept {
  const auto found = std::ranges::find_if(list.features, [&](const Feature& feature) {
    return exact_case ? feature.name == name : equals_folded(feature.name, name);
  });
  return found == list.features.end() ? nullptr : &*found;
}

}  // namespace casement

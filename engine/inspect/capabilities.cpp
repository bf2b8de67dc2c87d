// SPDX-License-Identifier: Apache-2.0
// Declarations of capabilities, put together by identity.
#include "engine/inspect/capabilities.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "engine/inspect/feature_packages.h"
#include "engine/inspect/feature_state.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// Packages that only describe what can be had from elsewhere: they are installed, what they
/// declare is not. "Microsoft-Windows-FodMetadata-Package" and its parts for each product.
bool is_metadata(const PackageStore& store, const Package& package) {
  constexpr std::u16string_view word = u"FODMETADATA";
  const auto identity = identity_of(store, package);
  return identity && upcase(identity->name).find(word) != std::u16string::npos;
}

/// A capability in the making.
struct Draft {
  Capability capability;
  const Package* best = nullptr;  // nullptr: metadata alone so far
};

class Collector {
 public:
  explicit Collector(const PackageStore& store) : store_(store), texts_(store) {}

  void add(const Package& package, const PackageManifest& manifest) {
    const bool metadata = !manifest.capabilities.empty() && is_metadata(store_, package);
    for (const ManifestCapability& declared : manifest.capabilities) {
      if (declared.name.empty()) {
        findings_.add(Severity::warning, "damaged",
                      to_utf8(package.identity) + ": a capability without a name is left out");
        continue;
      }
      std::u16string identity = declared.identity();
      Draft& draft = drafts_[upcase(identity)];
      if (draft.capability.identity.empty()) {
        draft.capability.identity = std::move(identity);
        draft.capability.evidence.path = to_utf8(store_.manifest_path(package));
      }
      if (draft.capability.packages.empty() ||
          draft.capability.packages.back() != package.identity) {
        draft.capability.packages.push_back(package.identity);
      }
      if (!metadata && is_better(package, draft.best)) {
        draft.best = &package;
      }
    }
  }

  CapabilityList finish() && {
    CapabilityList list;
    for (auto& [key, draft] : drafts_) {
      if (draft.best != nullptr) {
        describe(draft.capability, *draft.best);
      }
      list.capabilities.push_back(std::move(draft.capability));
    }
    list.diagnostics = std::move(findings_);
    return list;
  }

 private:
  static bool is_better(const Package& package, const Package* known) {
    if (known == nullptr) {
      return true;
    }
    if (state_rank(package.state) != state_rank(known->state)) {
      return state_rank(package.state) > state_rank(known->state);
    }
    return package.parts && known->parts &&
           compare_versions(package.parts->version, known->parts->version) > 0;
  }

  /// What the package that tells the state says besides. Precondition: it has a manifest.
  void describe(Capability& capability, const Package& package) {
    const PackageManifest& manifest = *store_.manifest(package);
    capability.state = package.state;
    capability.evidence = package.evidence;
    PackageTexts::Texts satellite;
    const auto identity = identity_of(store_, package);
    if (identity && (PackageTexts::is_missing(manifest.display_name) ||
                     PackageTexts::is_missing(manifest.description))) {
      satellite = texts_.of_package(*identity);
    }
    capability.display_name = PackageTexts::is_missing(manifest.display_name)
                                  ? satellite.display_name
                                  : manifest.display_name;
    capability.description = PackageTexts::is_missing(manifest.description) ? satellite.description
                                                                            : manifest.description;
    // packageSize is that of the unpacked files; no manifest has the size of the cabinet.
    capability.install_size = manifest.package_size.value_or(0);
  }

  const PackageStore& store_;
  PackageTexts texts_;
  std::map<std::u16string, Draft> drafts_;  // by upper-cased identity: the order of the list
  Diagnostics findings_;
};

}  // namespace

CapabilityList read_capabilities(const PackageStore& store) {
  store.load_manifests();
  Collector collector(store);
  for (const Package& package : store.packages()) {
    if (const PackageManifest* const manifest = store.manifest(package)) {
      collector.add(package, *manifest);
    }
  }
  return std::move(collector).finish();
}

const Capability* find_capability(const CapabilityList& list, std::u16string_view name) noexcept {
  const auto found = std::ranges::find_if(list.capabilities, [&](const Capability& capability) {
    const std::u16string_view identity = capability.identity;
    return equals_folded(identity, name) ||
           equals_folded(identity.substr(0, identity.find(u'~')), name);
  });
  return found == list.capabilities.end() ? nullptr : &*found;
}

}  // namespace casement

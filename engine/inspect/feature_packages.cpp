// SPDX-License-Identifier: Apache-2.0
// Delegation among packages, and their language packages.
#include "engine/inspect/feature_packages.h"

#include <algorithm>
#include <optional>
#include <set>

#include "engine/inspect/feature_state.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

std::u16string family(const PackageIdentity& identity) {
  return upcase(identity.name + u'~' + identity.public_key_token + u'~' + identity.architecture);
}

/// "neutral" in manifests, empty in names of packages.
bool is_neutral(std::u16string_view language) noexcept {
  return language.empty() || language == u"*" || equals_folded(language, u"neutral");
}

/// What a delegation names: everything but the version.
std::u16string family_and_language(const PackageIdentity& identity) {
  return family(identity) + u'~' +
         (is_neutral(identity.language) ? std::u16string() : upcase(identity.language));
}

/// Packages in use, by what they delegate to.
std::map<std::u16string, std::vector<const Package*>> delegations(const PackageStore& store) {
  std::map<std::u16string, std::vector<const Package*>> found;
  for (const Package& package : store.packages()) {
    if (!is_in_use(package.state)) {
      continue;
    }
    const PackageManifest* const manifest = store.manifest(package);
    if (manifest == nullptr) {
      continue;
    }
    for (const ManifestParent& parent : manifest->parents) {
      if (!equals_folded(parent.integrate, u"delegate")) {
        continue;
      }
      for (const PackageIdentity& identity : parent.packages) {
        std::vector<const Package*>& children = found[family_and_language(identity)];
        if (children.empty() || children.back() != &package) {
          children.push_back(&package);
        }
      }
    }
  }
  return found;
}

bool is_english(std::u16string_view language) noexcept {
  return equals_folded(language, u"en-US");
}

}  // namespace

std::optional<PackageIdentity> identity_of(const PackageStore& store, const Package& package) {
  if (package.parts) {
    return package.parts;
  }
  const PackageManifest* const manifest = store.manifest(package);
  return manifest == nullptr ? std::nullopt : manifest->identity;
}

std::vector<const Package*> feature_packages(const PackageStore& store, const Package& root) {
  store.load_manifests();
  const auto children = delegations(store);
  std::vector<const Package*> packages{&root};
  std::set<const Package*> seen{&root};
  std::set<std::u16string> expanded;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const auto identity = identity_of(store, *packages[i]);
    if (!identity) {
      continue;
    }
    const std::u16string name = family_and_language(*identity);
    const auto found = children.find(name);
    if (found == children.end() || !expanded.insert(name).second) {
      continue;
    }
    for (const Package* const child : found->second) {
      if (seen.insert(child).second) {
        packages.push_back(child);
      }
    }
  }
  return packages;
}

PackageTexts::PackageTexts(const PackageStore& store) : store_(store) {
  for (const Package& package : store.packages()) {
    if (!package.parts || is_neutral(package.parts->language) || !is_in_use(package.state)) {
      continue;
    }
    const Package*& known = packages_[family(*package.parts)];
    const bool better = known == nullptr || (is_english(package.parts->language) &&
                                             !is_english(known->parts->language));
    const bool newer = known != nullptr &&
                       equals_folded(package.parts->language, known->parts->language) &&
                       compare_versions(package.parts->version, known->parts->version) > 0;
    if (better || newer) {
      known = &package;
    }
  }
}

bool PackageTexts::is_missing(std::u16string_view text) noexcept {
  return text.empty() || text.starts_with(u"$(");
}

const Package* PackageTexts::language_package(const PackageIdentity& package) const {
  const auto found = packages_.find(family(package));
  return found == packages_.end() ? nullptr : found->second;
}

const PackageTexts::Updates& PackageTexts::updates_of(const Package& package) {
  const auto [entry, is_new] = updates_.try_emplace(&package);
  if (is_new) {
    if (const PackageManifest* const manifest = store_.manifest(package)) {
      for (const ManifestUpdate& update : manifest->updates) {
        entry->second.emplace(update.name, &update);
      }
    }
  }
  return entry->second;
}

PackageTexts::Texts PackageTexts::of_update(const PackageIdentity& package,
                                            std::u16string_view update) {
  const Package* const satellite = language_package(package);
  if (satellite == nullptr) {
    return {};
  }
  const Updates& updates = updates_of(*satellite);
  const auto found = updates.find(update);
  if (found == updates.end()) {
    return {};
  }
  const ManifestUpdate& texts = *found->second;
  return {.display_name = is_missing(texts.display_name) ? u"" : texts.display_name,
          .description = is_missing(texts.description) ? u"" : texts.description};
}

PackageTexts::Texts PackageTexts::of_package(const PackageIdentity& package) {
  const Package* const satellite = language_package(package);
  const PackageManifest* const manifest =
      satellite == nullptr ? nullptr : store_.manifest(*satellite);
  if (manifest == nullptr) {
    return {};
  }
  return {.display_name = is_missing(manifest->display_name) ? u"" : manifest->display_name,
          .description = is_missing(manifest->description) ? u"" : manifest->description};
}

}  // namespace casement

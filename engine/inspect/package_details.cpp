// SPDX-License-Identifier: Apache-2.0
// Everything that DISM tells about one package.
#include "engine/inspect/package_details.h"

#include "engine/inspect/applicability.h"
#include "engine/inspect/feature_state.h"
#include "engine/inspect/knowledge_base.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

OfflineInstallable offline_installable(std::u16string_view word) noexcept {
  if (equals_folded(word, u"yes")) {
    return OfflineInstallable::yes;
  }
  return equals_folded(word, u"no") ? OfflineInstallable::no : OfflineInstallable::undetermined;
}

void add_manifest(const PackageManifest& manifest, PackageDetails& details) {
  details.release_type = parse_release_type(manifest.release_type);
  details.release_type_as_written = manifest.release_type;
  details.copyright = manifest.copyright;
  details.company = manifest.company;
  details.creation_time = manifest.creation_time;
  details.display_name = manifest.display_name;
  details.description = manifest.description;
  details.last_update_time = manifest.last_update_time;
  details.product_name = manifest.product_name;
  details.product_version = manifest.product_version;
  details.restart = parse_restart_type(manifest.restart);
  details.fully_offline = offline_installable(manifest.completely_offline_capable);
  details.support_information = manifest.support_information;
  details.self_update = manifest.self_update.value_or(details.self_update);
  if (!manifest.capabilities.empty()) {
    details.capability = manifest.capabilities.front().identity();
  }
  details.properties = manifest.properties;
}

void add_registry(const Package& package, PackageDetails& details) {
  details.state = package.state;
  details.install_time = package.install_time;
  details.install_client = package.install_client;
  details.self_update = package.self_update;
  details.registry = package.evidence;
}

/// What DISM prints where nothing is said.
void add_defaults(std::u16string_view name, PackageDetails& details) {
  details.install_package_name = details.identity + u".mum";
  if (details.display_name.empty()) {
    details.display_name = u"default";
  }
  if (details.product_name.empty()) {
    details.product_name = name;
  }
}

}  // namespace

PackageDetails package_details(const PackageStore& store, const Package& package) {
  PackageDetails details;
  details.identity = package.identity;
  add_registry(package, details);
  const std::u16string_view name =
      package.parts ? std::u16string_view(package.parts->name) : package.identity;
  const PackageManifest* const manifest = store.manifest(package);
  if (manifest != nullptr) {
    add_manifest(*manifest, details);
    details.manifest.path = to_utf8(store.manifest_path(package));
    details.features = read_features(store, *manifest).features;
  }
  details.knowledge_base = knowledge_base_of(name, manifest);
  // Windows itself has said that a package in use belongs here.
  details.applicable =
      is_in_use(package.state) || (manifest != nullptr && is_applicable(store, *manifest));
  add_defaults(name, details);
  return details;
}

PackageDetails package_details(const PackageStore& store, const PackageManifest& manifest) {
  PackageDetails details;
  std::u16string name;
  if (manifest.identity) {
    details.identity = manifest.identity->text();
    name = manifest.identity->name;
    if (const Package* const package = store.find(details.identity)) {
      add_registry(*package, details);
    }
  }
  add_manifest(manifest, details);
  details.features = read_features(store, manifest).features;
  details.knowledge_base = knowledge_base_of(name, &manifest);
  details.applicable = is_in_use(details.state) || is_applicable(store, manifest);
  add_defaults(name, details);
  return details;
}

}  // namespace casement

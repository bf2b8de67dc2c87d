// SPDX-License-Identifier: Apache-2.0
// Fields of packages and of what they bring.
#include "tools/casement/render/describe_packages.h"

#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

void describe_identity(const Package& package, FieldSink& sink) {
  sink.text({"identity", "Identity", Shown::last}, package.identity);
  const PackageIdentity parts = package.parts.value_or(PackageIdentity());
  sink.text({"name", "Name", Shown::programs}, parts.name);
  sink.text({"public_key_token", "Key token", Shown::programs}, parts.public_key_token);
  sink.text({"architecture", "Architecture", Shown::programs}, parts.architecture);
  sink.text({"language", "Language", Shown::programs}, parts.language);
  sink.text({"version", "Version", Shown::programs}, parts.version);
}

void describe_registry(const Package& package, FieldSink& sink, Shown visible) {
  sink.time({"install_time", "Installed", Shown::column}, package.install_time);
  sink.boolean({"visible", "Visible", visible}, package.visible);
  sink.boolean({"permanent", "Permanent"}, package.permanent);
  sink.boolean({"self_update", "Self update"}, package.self_update);
  sink.text({"install_client", "Installed by"}, package.install_client);
  sink.text({"install_user", "User"}, package.install_user);
  sink.text({"install_name", "Manifest name"}, package.install_name);
  sink.text({"install_location", "Installed from"}, package.install_location);
  sink.number({"last_error", "Last error"}, package.last_error);
  sink.texts({"owners", "Owners"}, package.owners);
}

void describe_manifest(const PackageManifest* found, FieldSink& sink) {
  static const PackageManifest absent;
  const PackageManifest& manifest = found != nullptr ? *found : absent;
  sink.boolean({"has_manifest", "Manifest"}, found != nullptr);
  sink.text({"display_name", "Display name"}, manifest.display_name);
  sink.text({"description", "Description"}, manifest.description);
  sink.text({"company", "Company"}, manifest.company);
  sink.text({"copyright", "Copyright"}, manifest.copyright);
  sink.text({"support_information", "Support"}, manifest.support_information);
  sink.text({"product_name", "Product"}, manifest.product_name);
  sink.text({"product_version", "Product version"}, manifest.product_version);
  sink.text({"creation_time", "Created"}, manifest.creation_time);
  sink.text({"last_update_time", "Last update"}, manifest.last_update_time);
  sink.choice({"restart", "Restart"}, restart_words(parse_restart_type(manifest.restart)));
  std::vector<std::u16string> capabilities;
  for (const ManifestCapability& capability : manifest.capabilities) {
    capabilities.push_back(capability.identity());
  }
  sink.texts({"capabilities", "Capabilities"}, capabilities);
}

void describe_properties(const std::vector<CustomProperty>& properties, FieldSink& sink) {
  sink.begin_items({"properties", "Properties", Shown::tree});
  for (const CustomProperty& property : properties) {
    sink.begin_item();
    sink.text({"path", "Path", Shown::column}, property.path);
    sink.text({"name", "Name", Shown::column}, property.name);
    sink.text({"value", "Value", Shown::last}, property.value);
    sink.end_item();
  }
  sink.end_items();
}

/// A type that is none of ours is told in the words of the manifest.
void describe_release_type(std::optional<ReleaseType> type, std::u16string_view as_written,
                           FieldSink& sink) {
  const Field field{"release_type", "Type", Shown::column};
  type ? sink.choice(field, release_type_words(type)) : sink.text(field, as_written);
}

}  // namespace

void describe_package(const PackageRow& row, FieldSink& sink, Shown visible) {
  static const Package none;
  const Package& package = row.package != nullptr ? *row.package : none;
  describe_identity(package, sink);
  const Field state{"state", "State", Shown::column};
  sink.choice(state, package_state_words(package.state));
  sink.evidence(state, package.evidence);
  sink.number({"current_state", "CurrentState", Shown::programs},
              std::uint64_t{package.current_state});
  const std::u16string_view type =
      row.manifest != nullptr ? std::u16string_view(row.manifest->release_type) : u"";
  describe_release_type(parse_release_type(type), type, sink);
  describe_registry(package, sink, visible);
  describe_manifest(row.manifest, sink);
}

void describe_package(const PackageRow& row, const PackageDetails& details, FieldSink& sink) {
  describe_package(row, sink);
  sink.boolean({"applicable", "Applicable"}, details.applicable);
  sink.choice({"completely_offline_capable", "Offline"}, offline_words(details.fully_offline));
  const Field knowledge_base{"knowledge_base", "Knowledge base"};
  sink.texts(knowledge_base, details.knowledge_base);
  if (!details.manifest.path.empty()) {
    sink.evidence(knowledge_base, details.manifest);
  }
  describe_properties(details.properties, sink);
  sink.begin_items({"features", "Features", Shown::tree});
  for (const Feature& feature : details.features) {
    sink.begin_item();
    sink.text({"name", "Name", Shown::column}, feature.name);
    sink.choice({"state", "State", Shown::column}, feature_state_words(feature.state));
    sink.text({"display_name", "Display name", Shown::last}, feature.display_name);
    sink.end_item();
  }
  sink.end_items();
  sink.begin_items({"updates", "States of its updates", Shown::tree});
  static const Package none;
  for (const Package::UpdateState& update :
       (row.package != nullptr ? *row.package : none).updates) {
    sink.begin_item();
    sink.text({"name", "Name", Shown::column}, update.name);
    sink.number({"current_state", "CurrentState", Shown::column}, std::uint64_t{update.state});
    const auto meaning = package_state(update.state);
    sink.choice({"state", "State", Shown::last},
                meaning ? std::optional(package_state_words(*meaning)) : std::nullopt);
    sink.end_item();
  }
  sink.end_items();
}

void describe_feature(const FeatureRow& row, FieldSink& sink) {
  static const Feature none;
  const Feature& feature = row.feature != nullptr ? *row.feature : none;
  sink.text({"name", "Name", Shown::column}, feature.name);
  const Field state{"state", "State", Shown::column};
  sink.choice(state, feature_state_words(feature.state));
  sink.evidence(state, feature.evidence);
  sink.text({"display_name", "Display name", Shown::last}, feature.display_name);
  sink.text({"description", "Description"}, feature.description);
  sink.choice({"restart", "Restart"}, restart_words(feature.restart));
  sink.texts({"parents", "Needs"}, feature.parents);
  sink.texts({"children", "Needed by"}, row.children);
  sink.text({"package", "Package"}, feature.package);
  describe_properties(feature.properties, sink);
}

void describe_capability(const Capability& capability, FieldSink& sink) {
  sink.text({"identity", "Identity", Shown::column}, capability.identity);
  const Field state{"state", "State", Shown::column};
  sink.choice(state, package_state_words(capability.state));
  sink.evidence(state, capability.evidence);
  sink.text({"display_name", "Display name", Shown::last}, capability.display_name);
  sink.text({"description", "Description"}, capability.description);
  sink.size({"download_size", "Download bytes"}, capability.download_size);
  sink.size({"install_size", "Install bytes"}, capability.install_size);
  sink.texts({"packages", "Packages"}, capability.packages);
}

void describe_update(const Update& update, FieldSink& sink) {
  sink.text({"knowledge_base", "Update", Shown::column}, update.knowledge_base);
  const Field state{"state", "State", Shown::column};
  sink.choice(state, package_state_words(update.state));
  sink.evidence(state, update.evidence);
  describe_release_type(update.release_type, update.release_type_as_written, sink);
  sink.text({"version", "Version", Shown::column}, update.version);
  sink.time({"install_time", "Installed", Shown::column}, update.install_time);
  sink.text({"description", "Description", Shown::last}, update.description);
  sink.text({"support_information", "Support"}, update.support_information);
  sink.texts({"packages", "Packages"}, update.packages);
}

}  // namespace casement::cli

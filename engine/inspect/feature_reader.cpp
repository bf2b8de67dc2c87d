// SPDX-License-Identifier: Apache-2.0
// One feature at a time: records, state, texts.
#include "engine/inspect/feature_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/image/registry_read.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view notifications_key =
    u"Microsoft\\Windows\\CurrentVersion\\Component Based "
    u"Servicing\\Notifications\\OptionalFeatures";

/// DISM prints these two words as name and description too.
const CustomProperty* server_component(const ManifestUpdate& update, std::u16string_view name) {
  const auto found = std::ranges::find_if(update.properties, [&](const CustomProperty& property) {
    return property.path == u"ServerComponent" && property.name == name;
  });
  return found == update.properties.end() ? nullptr : &*found;
}

/// The first text that is one.
std::u16string first_text(std::u16string_view own, std::u16string_view satellite,
                          const CustomProperty* property) {
  if (!PackageTexts::is_missing(own)) {
    return std::u16string(own);
  }
  if (!satellite.empty()) {
    return std::u16string(satellite);
  }
  return property == nullptr || PackageTexts::is_missing(property->value) ? std::u16string()
                                                                          : property->value;
}

}  // namespace

FeatureReader::FeatureReader(const PackageStore& store, FeatureList& list)
    : store_(store), list_(list), facts_(store.image(), list.diagnostics), texts_(store) {
  software_ = facts_.hive(HiveId::software);
  if (!software_) {
    return;
  }
  const auto found = software_->find(notifications_key);
  if (found) {
    notifications_ = *found;
  } else {
    list_.diagnostics.add("damaged", found.error());
  }
}

void FeatureReader::add(const PackageManifest& manifest, const Package* package) {
  Declaration declaration{
      .manifest = manifest, .package = package, .identity = manifest.identity, .states = {}};
  if (package != nullptr) {
    if (package->parts) {
      declaration.identity = package->parts;
    }
    for (const Package::UpdateState& update : package->updates) {
      declaration.states.emplace(upcase(update.name), &update);
    }
  }
  for (const ManifestUpdate& update : manifest.updates) {
    if (update.selectable) {
      add_update(declaration, update);
    }
  }
}

void FeatureReader::add_update(const Declaration& declaration, const ManifestUpdate& update) {
  if (update.name.empty()) {
    list_.diagnostics.add(
        Severity::warning, "damaged",
        fmt::format("{}: a selectable update without a name is left out",
                    declaration.identity ? to_utf8(declaration.identity->text())
                                         : std::string("a package without an identity")));
    return;
  }
  const auto [position, is_new] = positions_.emplace(update.name, list_.features.size());
  if (is_new) {
    list_.features.push_back(make_feature(declaration, update));
    return;
  }
  Feature& known = list_.features[position->second];
  if (is_newer(known, declaration)) {
    known = make_feature(declaration, update);
  }
}

bool FeatureReader::is_newer(const Feature& than, const Declaration& declaration) const {
  const auto older = parse_package_identity(than.package);
  if (!older || !declaration.identity) {
    return false;
  }
  PackageIdentity same_version = *declaration.identity;
  same_version.version = older->version;
  return same_identity(same_version.text(), older->text()) &&
         compare_versions(declaration.identity->version, older->version) > 0;
}

Feature FeatureReader::make_feature(const Declaration& declaration, const ManifestUpdate& update) {
  Feature feature;
  feature.name = update.name;
  // A package may say it for all of its features.
  feature.restart =
      parse_restart_type(update.restart.empty() ? declaration.manifest.restart : update.restart);
  feature.parents = update.parents;
  feature.properties = update.properties;
  if (declaration.package != nullptr) {
    feature.package = declaration.package->identity;
  } else if (declaration.identity) {
    feature.package = declaration.identity->text();
  }
  set_texts(feature, declaration, update);
  set_state(feature, declaration, update);
  return feature;
}

void FeatureReader::set_texts(Feature& feature, const Declaration& declaration,
                              const ManifestUpdate& update) {
  PackageTexts::Texts satellite;
  if (declaration.identity && (PackageTexts::is_missing(update.display_name) ||
                               PackageTexts::is_missing(update.description))) {
    satellite = texts_.of_update(*declaration.identity, update.name);
  }
  feature.display_name = first_text(update.display_name, satellite.display_name,
                                    server_component(update, u"DisplayName"));
  feature.description = first_text(update.description, satellite.description,
                                   server_component(update, u"Description"));
  if (feature.display_name.empty()) {
    feature.display_name = update.name;
  }
}

void FeatureReader::set_state(Feature& feature, const Declaration& declaration,
                              const ManifestUpdate& update) {
  FeatureRecords records;
  const Package::UpdateState* recorded = nullptr;
  if (declaration.package != nullptr) {
    records.package = declaration.package->state;
    feature.evidence = declaration.package->evidence;
    if (const auto found = declaration.states.find(upcase(update.name));
        found != declaration.states.end()) {
      recorded = found->second;
      records.update = package_state(recorded->state);
      if (!records.update) {
        list_.diagnostics.add(
            Severity::warning, "unknown-state",
            fmt::format("{}: update {} has the state 0x{:x}, which is unknown",
                        to_utf8(feature.package), to_utf8(update.name), recorded->state));
      }
    }
  }
  const Package* payload = nullptr;
  for (const PackageIdentity& identity : update.packages) {
    const Package* const package = store_.find(identity.text());
    records.payload.push_back(package == nullptr ? PackageState::not_present : package->state);
    payload = payload == nullptr ? package : payload;
  }
  const Notification notification = this->notification(update.name);
  records.selected = notification.selected;
  records.removed = notification.removed;

  const FeatureVerdict verdict = feature_state(records);
  feature.state = verdict.state;
  switch (verdict.source) {
    case FeatureSource::update:
      if (recorded != nullptr) {
        feature.evidence.key += "\\Updates";
        feature.evidence.value = to_utf8(recorded->name);
      }
      break;
    case FeatureSource::payload:
      if (payload != nullptr) {
        feature.evidence = payload->evidence;
      }
      break;
    case FeatureSource::selected:
    case FeatureSource::removed:
      feature.evidence =
          facts_.evidence(HiveId::software, notification.key,
                          verdict.source == FeatureSource::removed ? u"Removed" : u"Selection");
      break;
    case FeatureSource::package:
      break;
  }
  if (verdict.conflict) {
    list_.diagnostics.add(Severity::note, "conflict",
                          fmt::format("feature {} is {}, but its notification says {}",
                                      to_utf8(update.name), feature_state_name(feature.state),
                                      *records.selected ? "selected" : "not selected"));
  }
}

FeatureReader::Notification FeatureReader::notification(std::u16string_view name) {
  Notification notification;
  if (!notifications_) {
    return notification;
  }
  const auto key = notifications_->subkey(name);
  if (!key) {
    list_.diagnostics.add("damaged", Error(key.error()).context("feature " + to_utf8(name)));
    return notification;
  }
  if (!*key) {
    return notification;
  }
  notification.key = join_key(notifications_key, (*key)->name().to_u16string());
  if (const auto selection = notified(**key, name, u"Selection")) {
    notification.selected = *selection != 0;
  }
  notification.removed = notified(**key, name, u"Removed").value_or(0) != 0;
  return notification;
}

std::optional<std::uint64_t> FeatureReader::notified(const Key& key, std::u16string_view feature,
                                                     std::u16string_view value) {
  const auto found = key.value(value);
  if (found && !*found) {
    return std::nullopt;
  }
  const auto number =
      found ? (*found)->as_integer() : Result<std::uint64_t>(std::unexpected(found.error()));
  if (number) {
    return *number;
  }
  const bool wrong_type = number.error().status() == Status::invalid_data;
  list_.diagnostics.add(wrong_type ? "wrong-type" : "damaged",
                        Error(number.error())
                            .context(fmt::format("SOFTWARE: notification of {}: {}",
                                                 to_utf8(feature), to_utf8(value))));
  return std::nullopt;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Everything that DISM tells about one package.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/inspect/features.h"
#include "engine/inspect/packages.h"

namespace casement {

/// In the order of DismRestartType.
enum class OfflineInstallable : std::uint8_t { yes, no, undetermined };

/// A package of the installation, or one in a folder or cabinet outside of it.
struct PackageDetails {
  std::u16string identity;
  PackageState state = PackageState::not_present;
  std::optional<ReleaseType> release_type;
  std::u16string release_type_as_written;  // words of the manifest, known or not
  std::optional<FileTime> install_time;
  bool applicable = false;
  std::u16string copyright;
  std::u16string company;
  std::u16string creation_time;  // as the manifest has it
  std::u16string display_name;   // "default" when the manifest has none
  std::u16string description;
  std::u16string install_client;
  std::u16string install_package_name;  // "<identity>.mum"
  std::u16string last_update_time;      // as the manifest has it
  std::u16string product_name;
  std::u16string product_version;
  RestartType restart = RestartType::no;
  OfflineInstallable fully_offline = OfflineInstallable::undetermined;
  std::u16string support_information;
  bool self_update = false;
  std::u16string capability;  // its identity; empty: it provides none
  std::vector<CustomProperty> properties;
  std::vector<Feature> features;               // those that this package itself declares
  std::vector<std::u16string> knowledge_base;  // "KB5030219"
  Evidence registry;                           // empty for a package outside
  Evidence manifest;                           // empty when it has none
};

/// A package of the installation. Precondition: one of store.packages().
PackageDetails package_details(const PackageStore& store, const Package& package);

/// A package by its manifest, from outside of the installation: applicable when its architecture is
/// the installation's, a parent is installed (where it names any), and no newer one is installed.
PackageDetails package_details(const PackageStore& store, const PackageManifest& manifest);

}  // namespace casement

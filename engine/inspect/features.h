// SPDX-License-Identifier: Apache-2.0
// The optional features of an installation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/packages.h"

namespace casement {

/// In the order of DismRestartType.
enum class RestartType : std::uint8_t { no, possible, required };
/// "No", "Possible", "Required".
const char* restart_type_name(RestartType type) noexcept;
/// By the word of a manifest ("possible", "required"); `no` for none and for an unknown one.
RestartType parse_restart_type(std::u16string_view word) noexcept;

/// "Enabled", "Disabled", "Enable Pending": the words of dism.exe for a feature.
const char* feature_state_name(PackageState state) noexcept;

struct Feature {
  std::u16string name;
  PackageState state = PackageState::not_present;
  std::u16string display_name;  // the name when there is no text
  std::u16string description;
  RestartType restart = RestartType::no;
  std::vector<std::u16string> parents;  // features that must be enabled
  std::vector<CustomProperty> properties;
  std::u16string package;  // identity of the one that declares it
  Evidence evidence;       // of the state
};

struct FeatureList {
  std::u16string package;         // identity of the package that was asked; empty: there is none
  std::vector<Feature> features;  // in the order of the manifests
  Diagnostics diagnostics;
};

/// The features of the foundation package: its own and those of every installed package that
/// delegates to it.
FeatureList read_features(const PackageStore& store);
/// Those of one package: its own and those delegated to it. Precondition: one of store.packages().
FeatureList read_features(const PackageStore& store, const Package& package);
/// Those that a manifest outside of the installation declares, with their states inside.
FeatureList read_features(const PackageStore& store, const PackageManifest& manifest);

/// nullptr: no such feature. Names have no case from Windows 8 on; `exact_case` for older ones.
const Feature* find_feature(const FeatureList& list, std::u16string_view name,
                            bool exact_case) noexcept;

}  // namespace casement

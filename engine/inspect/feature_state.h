// SPDX-License-Identifier: Apache-2.0
// How the state of a feature follows from what is recorded about it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/inspect/packages.h"

namespace casement {

/// The packages count as being there: what they declare can be on, even when work is pending.
bool is_in_use(PackageState state) noexcept;

/// Higher is better: of several packages for one thing (a capability, an update), the best tells
/// its state. What is there goes before what is about to be, that before what is about to go; a
/// staged package can still be installed, a superseded one has another in its place.
int state_rank(PackageState state) noexcept;

/// What the registry says about a feature, each part from its own place.
struct FeatureRecords {
  PackageState package = PackageState::not_present;  // of the package that declares it
  std::optional<PackageState> update;                // its value in the package's subkey Updates
  /// Of the packages that the update consists of; not_present for one without a key.
  std::vector<PackageState> payload;
  std::optional<bool> selected;  // Notifications\OptionalFeatures: Selection
  bool removed = false;          // ... Removed
};

/// Which record made the state.
enum class FeatureSource : std::uint8_t { update, payload, selected, removed, package };

struct FeatureVerdict {
  PackageState state = PackageState::not_present;
  FeatureSource source = FeatureSource::package;
  /// Selection says the opposite of what the rest says.
  bool conflict = false;
};

/// The update's own state goes first, then that of its packages, then Selection; a feature of an
/// installed package that nothing is recorded about is disabled. A disabled one whose packages are
/// all gone, or that is marked as removed, has lost its payload.
FeatureVerdict feature_state(const FeatureRecords& records) noexcept;

}  // namespace casement

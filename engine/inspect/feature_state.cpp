// SPDX-License-Identifier: Apache-2.0
// The order in which records are believed.
#include "engine/inspect/feature_state.h"

#include <algorithm>

namespace casement {
namespace {

bool is_gone(PackageState state) noexcept {
  return state == PackageState::not_present || state == PackageState::removed;
}

bool is_off(PackageState state) noexcept {
  return state == PackageState::staged || is_gone(state);
}

bool has(const std::vector<PackageState>& states, PackageState wanted) noexcept {
  return std::ranges::find(states, wanted) != states.end();
}

/// Of several packages. Precondition: there are some.
PackageState joint_state(const std::vector<PackageState>& states) noexcept {
  for (const PackageState pending : {PackageState::install_pending, PackageState::uninstall_pending,
                                     PackageState::partially_installed}) {
    if (has(states, pending)) {
      return pending;
    }
  }
  if (has(states, PackageState::installed)) {
    const bool all = std::ranges::all_of(
        states, [](PackageState state) { return state == PackageState::installed; });
    return all ? PackageState::installed : PackageState::partially_installed;
  }
  return std::ranges::all_of(states, is_gone) ? PackageState::removed : PackageState::staged;
}

FeatureVerdict recorded_state(const FeatureRecords& records) noexcept {
  if (records.update) {
    // 0x50 is "superseded" of a package; an update has nothing that supersedes it, and the same
    // number means that its removal was requested.
    const PackageState state = *records.update == PackageState::superseded
                                   ? PackageState::uninstall_pending
                                   : *records.update;
    return {.state = state, .source = FeatureSource::update, .conflict = false};
  }
  if (!is_in_use(records.package)) {
    return {.state = records.package, .source = FeatureSource::package, .conflict = false};
  }
  if (!records.payload.empty()) {
    return {
        .state = joint_state(records.payload), .source = FeatureSource::payload, .conflict = false};
  }
  if (records.selected) {
    return {.state = *records.selected ? PackageState::installed : PackageState::staged,
            .source = FeatureSource::selected,
            .conflict = false};
  }
  return {.state = PackageState::staged, .source = FeatureSource::package, .conflict = false};
}

}  // namespace

bool is_in_use(PackageState state) noexcept {
  return state == PackageState::installed || state == PackageState::install_pending ||
         state == PackageState::uninstall_pending || state == PackageState::partially_installed;
}

int state_rank(PackageState state) noexcept {
  switch (state) {
    case PackageState::installed:
      return 7;
    case PackageState::install_pending:
      return 6;
    case PackageState::partially_installed:
      return 5;
    case PackageState::uninstall_pending:
      return 4;
    case PackageState::staged:
      return 3;
    case PackageState::superseded:
      return 2;
    case PackageState::removed:
      return 1;
    case PackageState::not_present:
      break;
  }
  return 0;
}

FeatureVerdict feature_state(const FeatureRecords& records) noexcept {
  FeatureVerdict verdict = recorded_state(records);
  if (is_off(verdict.state) && records.removed) {
    verdict.state = PackageState::removed;
    verdict.source = FeatureSource::removed;
  } else if (verdict.state == PackageState::staged && is_in_use(records.package) &&
             !records.payload.empty() && std::ranges::all_of(records.payload, is_gone)) {
    verdict.state = PackageState::removed;
    verdict.source = FeatureSource::payload;
  }
  // While work is pending, Selection is what is wanted and the rest is what is.
  verdict.conflict =
      records.selected && ((*records.selected && is_off(verdict.state)) ||
                           (!*records.selected && verdict.state == PackageState::installed));
  return verdict;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The words and numbers for states and kinds of packages.
#include <array>
#include <string>

#include "engine/inspect/packages.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

/// In the order of ReleaseType.
constexpr std::array release_types = {
    "Critical Update", "Driver",  "Feature Pack",  "Hotfix",        "Security Update",
    "Software Update", "Update",  "Update Rollup", "Language Pack", "Foundation",
    "Service Pack",    "Product", "Local Pack",    "Other",         "OnDemand Pack"};
static_assert(release_types.size() == static_cast<std::size_t>(ReleaseType::on_demand_pack) + 1);

}  // namespace

const char* package_state_name(PackageState state) noexcept {
  switch (state) {
    case PackageState::not_present:
      return "Not Present";
    case PackageState::uninstall_pending:
      return "Uninstall Pending";
    case PackageState::staged:
      return "Staged";
    case PackageState::removed:
      return "Removed";
    case PackageState::installed:
      return "Installed";
    case PackageState::install_pending:
      return "Install Pending";
    case PackageState::superseded:
      return "Superseded";
    case PackageState::partially_installed:
      return "Partially Installed";
  }
  return "Not Present";
}

const char* release_type_name(ReleaseType type) noexcept {
  const auto index = static_cast<std::size_t>(type);
  return release_types[index < release_types.size() ? index
                                                    : static_cast<std::size_t>(ReleaseType::other)];
}

std::optional<ReleaseType> parse_release_type(std::u16string_view words) noexcept {
  for (std::size_t i = 0; i < release_types.size(); ++i) {
    const std::string_view name = release_types[i];
    if (words.size() != name.size()) {
      continue;
    }
    bool same = true;
    for (std::size_t at = 0; same && at < words.size(); ++at) {
      same = upcase(words[at]) == upcase(static_cast<char16_t>(name[at]));
    }
    if (same) {
      return static_cast<ReleaseType>(i);
    }
  }
  return std::nullopt;
}

std::optional<PackageState> package_state(std::uint32_t current_state) noexcept {
  switch (current_state) {
    case 0x00:  // absent
      return PackageState::not_present;
    case 0x05:
      return PackageState::uninstall_pending;
    case 0x10:  // resolving
    case 0x20:  // resolved
      return PackageState::removed;
    case 0x30:  // staging
    case 0x40:
      return PackageState::staged;
    case 0x50:
      return PackageState::superseded;
    case 0x60:
      return PackageState::install_pending;
    case 0x65:
      return PackageState::partially_installed;
    case 0x70:
    case 0x80:  // permanent
      return PackageState::installed;
    default:
      return std::nullopt;
  }
}

}  // namespace casement

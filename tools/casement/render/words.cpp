// SPDX-License-Identifier: Apache-2.0
// Words of states and kinds.
#include "tools/casement/render/words.h"

#include <array>

namespace casement::cli {
namespace {

constexpr std::size_t state_count = 8;

// Both in the order of PackageState.
constexpr std::array<Choice, state_count> package_states{
    Choice{"not_present", "Not Present"}, Choice{"uninstall_pending", "Uninstall Pending"},
    Choice{"staged", "Staged"},           Choice{"removed", "Removed"},
    Choice{"installed", "Installed"},     Choice{"install_pending", "Install Pending"},
    Choice{"superseded", "Superseded"},   Choice{"partially_installed", "Partially Installed"}};

constexpr std::array<Choice, state_count> feature_states{
    Choice{"not_present", "Not Present"},
    Choice{"disable_pending", "Disable Pending"},
    Choice{"disabled", "Disabled"},
    Choice{"payload_removed", "Disabled with Payload Removed"},
    Choice{"enabled", "Enabled"},
    Choice{"enable_pending", "Enable Pending"},
    Choice{"superseded", "Superseded"},
    Choice{"partially_enabled", "Partially Enabled"}};

// In the order of ReleaseType.
constexpr std::array<Choice, 15> release_types{Choice{"critical_update", "Critical Update"},
                                               Choice{"driver", "Driver"},
                                               Choice{"feature_pack", "Feature Pack"},
                                               Choice{"hotfix", "Hotfix"},
                                               Choice{"security_update", "Security Update"},
                                               Choice{"software_update", "Software Update"},
                                               Choice{"update", "Update"},
                                               Choice{"update_rollup", "Update Rollup"},
                                               Choice{"language_pack", "Language Pack"},
                                               Choice{"foundation", "Foundation"},
                                               Choice{"service_pack", "Service Pack"},
                                               Choice{"product", "Product"},
                                               Choice{"local_pack", "Local Pack"},
                                               Choice{"other", "Other"},
                                               Choice{"on_demand_pack", "OnDemand Pack"}};

constexpr std::array<Choice, 3> restarts{Choice{"no", "No"}, Choice{"possible", "Possible"},
                                         Choice{"required", "Required"}};
constexpr std::array<Choice, 3> offline{Choice{"yes", "Yes"}, Choice{"no", "No"},
                                        Choice{"undetermined", "Undetermined"}};
constexpr std::array<Choice, 3> signatures{
    Choice{"unknown", "Unknown"}, Choice{"unsigned", "Unsigned"}, Choice{"signed", "Signed"}};
constexpr std::array<Choice, 3> languages{Choice{"full", "Fully localized"},
                                          Choice{"partial", "Partially localized"},
                                          Choice{"interface_pack", "Language interface pack"}};
constexpr std::array<Choice, 3> healths{Choice{"healthy", "Healthy"},
                                        Choice{"repairable", "Repairable"},
                                        Choice{"not_repairable", "Not repairable"}};

template <std::size_t N, class Enum>
Choice of(const std::array<Choice, N>& words, Enum value) noexcept {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace

Choice package_state_words(PackageState state) noexcept {
  return of(package_states, state);
}
Choice feature_state_words(PackageState state) noexcept {
  return of(feature_states, state);
}
std::span<const Choice> all_package_states() noexcept {
  return package_states;
}
std::span<const Choice> all_feature_states() noexcept {
  return feature_states;
}

std::optional<Choice> release_type_words(std::optional<ReleaseType> type) noexcept {
  return type ? std::optional<Choice>(of(release_types, *type)) : std::nullopt;
}
Choice restart_words(RestartType type) noexcept {
  return of(restarts, type);
}
Choice offline_words(OfflineInstallable value) noexcept {
  return of(offline, value);
}
Choice signature_words(DriverSignature signature) noexcept {
  return of(signatures, signature);
}
Choice language_words(LanguageKind kind) noexcept {
  return of(languages, kind);
}
Choice health_words(HealthState health) noexcept {
  return of(healths, health);
}
std::optional<Choice> firmware_words(Firmware firmware) noexcept {
  switch (firmware) {
    case Firmware::bios:
      return Choice{"bios", "BIOS"};
    case Firmware::uefi:
      return Choice{"uefi", "UEFI"};
    case Firmware::unknown:
      break;
  }
  return std::nullopt;
}

std::optional<Choice> product_state_words(std::int32_t state) noexcept {
  // INSTALLSTATE of msi.h, those that a product can have.
  switch (state) {
    case -1:
      return Choice{"unknown", "Unknown"};
    case 1:
      return Choice{"advertised", "Advertised"};
    case 2:
      return Choice{"absent", "Absent"};
    case 5:
      return Choice{"installed", "Installed"};
    default:
      return std::nullopt;
  }
}

}  // namespace casement::cli

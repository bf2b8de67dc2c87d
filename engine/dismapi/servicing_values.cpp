// SPDX-License-Identifier: Apache-2.0
// From what the engine found to the API's numbers and structures.
#include "engine/dismapi/servicing_values.h"

#include <algorithm>
#include <limits>

#include "engine/dismapi/hand_out.h"
#include "engine/dismapi/system_time.h"

namespace casement::dismapi {
namespace {

// The engine's enumerations are in the API's order.
static_assert(static_cast<int>(PackageState::not_present) == DismStateNotPresent);
static_assert(static_cast<int>(PackageState::staged) == DismStateStaged);
static_assert(static_cast<int>(PackageState::removed) == DismStateRemoved);
static_assert(static_cast<int>(PackageState::partially_installed) == DismStatePartiallyInstalled);
static_assert(static_cast<int>(ReleaseType::critical_update) == DismReleaseTypeCriticalUpdate);
static_assert(static_cast<int>(ReleaseType::language_pack) == DismReleaseTypeLanguagePack);
static_assert(static_cast<int>(ReleaseType::on_demand_pack) == DismReleaseTypeOnDemandPack);
static_assert(static_cast<int>(RestartType::no) == DismRestartNo);
static_assert(static_cast<int>(RestartType::required) == DismRestartRequired);
static_assert(static_cast<int>(OfflineInstallable::yes) == DismFullyOfflineInstallable);
static_assert(static_cast<int>(OfflineInstallable::undetermined) ==
              DismFullyOfflineInstallableUndetermined);

void fill_property(Answer& answer, const CustomProperty& property, DismCustomProperty& out) {
  out.Name = answer.text(property.name);
  out.Value = answer.text(property.value);
  out.Path = answer.text(property.path);
}

}  // namespace

DismPackageFeatureState to_dism(PackageState state) noexcept {
  return static_cast<DismPackageFeatureState>(state);
}

DismRestartType to_dism(RestartType type) noexcept {
  return static_cast<DismRestartType>(type);
}

DismFullyOfflineInstallableType to_dism(OfflineInstallable kind) noexcept {
  return static_cast<DismFullyOfflineInstallableType>(kind);
}

DismReleaseType to_dism(std::optional<ReleaseType> type) noexcept {
  return static_cast<DismReleaseType>(type.value_or(ReleaseType::other));
}

DWORD saturated_size(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t most = std::numeric_limits<DWORD>::max();
  return static_cast<DWORD>(std::min(bytes, most));
}

void fill_feature(Answer& answer, const Feature& feature, DismFeature& out) {
  out.FeatureName = answer.text(feature.name);
  out.State = to_dism(feature.state);
}

void fill_feature_info(Answer& answer, const Feature& feature, DismFeatureInfo& out) {
  out.FeatureName = answer.text(feature.name);
  out.FeatureState = to_dism(feature.state);
  out.DisplayName = answer.text(feature.display_name);
  out.Description = answer.text(feature.description);
  out.RestartRequired = to_dism(feature.restart);
  out.CustomProperty = make_array<DismCustomProperty>(answer, feature.properties, fill_property);
  out.CustomPropertyCount = static_cast<UINT>(feature.properties.size());
}

void fill_package_info(Answer& answer, const PackageDetails& package, DismPackageInfo& out) {
  out.PackageName = answer.text(package.identity);
  out.PackageState = to_dism(package.state);
  out.ReleaseType = to_dism(package.release_type);
  out.InstallTime = to_system_time(package.install_time.value_or(FileTime{}));
  out.Applicable = package.applicable ? TRUE : FALSE;
  out.Copyright = answer.text(package.copyright);
  out.Company = answer.text(package.company);
  out.CreationTime = manifest_time(package.creation_time, ClockReading::as_written);
  out.DisplayName = answer.text(package.display_name);
  out.Description = answer.text(package.description);
  out.InstallClient = answer.text(package.install_client);
  out.InstallPackageName = answer.text(package.install_package_name);
  out.LastUpdateTime = manifest_time(package.last_update_time, ClockReading::local);
  out.ProductName = answer.text(package.product_name);
  out.ProductVersion = answer.text(package.product_version);
  out.RestartRequired = to_dism(package.restart);
  out.FullyOffline = to_dism(package.fully_offline);
  out.SupportInformation = answer.text(package.support_information);
  out.CustomProperty = make_array<DismCustomProperty>(answer, package.properties, fill_property);
  out.CustomPropertyCount = static_cast<UINT>(package.properties.size());
  out.Feature = make_array<DismFeature>(answer, package.features, fill_feature);
  out.FeatureCount = static_cast<UINT>(package.features.size());
}

}  // namespace casement::dismapi

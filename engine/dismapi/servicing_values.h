// SPDX-License-Identifier: Apache-2.0
// Values and structures of packages and features as the API has them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/dismapi/allocation.h"
#include "engine/dismapi/dismapi.h"
#include "engine/inspect/features.h"
#include "engine/inspect/package_details.h"
#include "engine/inspect/packages.h"

namespace casement::dismapi {

DismPackageFeatureState to_dism(PackageState state) noexcept;
DismRestartType to_dism(RestartType type) noexcept;
DismFullyOfflineInstallableType to_dism(OfflineInstallable kind) noexcept;
/// DismReleaseTypeOther for a package that says none, or one that DISM has no number for.
DismReleaseType to_dism(std::optional<ReleaseType> type) noexcept;

/// Bytes of the API have 32 bits: 0xFFFFFFFF for more.
DWORD saturated_size(std::uint64_t bytes) noexcept;

void fill_feature(Answer& answer, const Feature& feature, DismFeature& out);
void fill_feature_info(Answer& answer, const Feature& feature, DismFeatureInfo& out);
void fill_package_info(Answer& answer, const PackageDetails& package, DismPackageInfo& out);

}  // namespace casement::dismapi

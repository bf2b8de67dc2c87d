// SPDX-License-Identifier: Apache-2.0
// The app packages that are provisioned for every new user.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/image/image.h"
#include "engine/inspect/fact.h"
#include "vfs/core/diagnostics.h"

namespace casement {

struct AppxPackage {
  std::u16string full_name;  // "Microsoft.ZuneMusic_2019.6.25071.0_neutral_~_8wekyb3d8bbwe"
  std::u16string name;       // "Microsoft.ZuneMusic": what DISM calls DisplayName
  std::array<std::uint32_t, 4> version{};
  std::u16string architecture;  // as in the full name: "neutral", "x64"
  std::u16string resource_id;   // "~" of a bundle
  std::u16string publisher_id;  // 13 characters
  /// Windows path of the manifest that is there, as DISM gives it
  /// ("%SYSTEMDRIVE%\Program Files\WindowsApps\...\AppxManifest.xml"); empty: not found.
  std::u16string install_location;
  std::u16string regions;  // "all"; empty: not known. No file is known to tell it
  bool bundle = false;
  Evidence evidence;
};

struct AppxList {
  std::vector<AppxPackage> packages;  // by full name, without regard to case
  Diagnostics diagnostics;
};

/// Bundles and main packages, neither frameworks nor resource packages: AppxProvisioning.xml, else
/// the registry.
AppxList read_provisioned_appx(const Image& image);

/// PROCESSOR_ARCHITECTURE_* of "x86", "x64", "arm", "arm64"; 11 (neutral) for the rest.
std::uint32_t appx_architecture_number(std::u16string_view architecture) noexcept;

/// Families that users cannot remove; see NonRemovableAppPolicy. Where Windows keeps the policy is
/// not documented: a note in the diagnostics ("unverified") says what was read.
struct NonRemovableApps {
  std::vector<std::u16string> families;
  Diagnostics diagnostics;
};
NonRemovableApps read_non_removable_apps(const Image& image);

}  // namespace casement

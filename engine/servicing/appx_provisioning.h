// SPDX-License-Identifier: Apache-2.0
// ProgramData\Microsoft\Windows\AppxProvisioning.xml: what new users get.
#pragma once

#include <string>
#include <vector>

#include "engine/servicing/appx_full_name.h"
#include "vfs/core/bytes.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement {

/// A Package below Provisioned.
struct ProvisionedAppx {
  std::u16string full_name;       // as written
  AppxFullName identity;          // the same in its parts
  bool bundle = false;            // PackageType "bundle", or a resource identifier of "~"
  bool resource = false;          // PackageType "resource", or a split package by its name
  bool from_bundle = false;       // ProvisionSourceIsBundle: a part of a bundle in the list
  bool line_of_business = false;  // IsLOBApp: frameworks have it too
};

struct AppxProvisioning {
  std::vector<ProvisionedAppx> packages;    // in file order
  std::vector<std::u16string> end_of_life;  // family names that must not come back
  Diagnostics diagnostics;                  // rows that are no packages
};

/// corrupt: not XML, or no AppxProvisionList. limit_exceeded: over 4 MiB, or too deep.
Result<AppxProvisioning> parse_appx_provisioning(Bytes xml);

}  // namespace casement

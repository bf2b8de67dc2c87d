// SPDX-License-Identifier: Apache-2.0
// The grammar of registry paths; nothing is looked up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"

namespace casement {

/// What a path begins with; HKCR is already its place in HKLM.
enum class RegistryRoot : std::uint8_t { local_machine, users };

struct RegistryPath {
  RegistryRoot root = RegistryRoot::local_machine;
  /// Names below the root: "SOFTWARE", "Microsoft". '/' is an ordinary character of key names.
  std::vector<std::u16string> names;
};

/// "HKLM\SOFTWARE", "HKEY_USERS\.DEFAULT", "HKLM:\SYSTEM" (PowerShell), "Computer\HKLM\..." (the
/// registry editor), "\REGISTRY\MACHINE\..." (symbolic links); HKCR and HKEY_CLASSES_ROOT are
/// HKLM\SOFTWARE\Classes. Any case; doubled and trailing '\' mean nothing.
/// invalid_argument: no such root, or one that only a running system has (HKCU, HKCC), with advice.
/// limit_exceeded: more than 512 names, which is what Windows allows.
Result<RegistryPath> parse_registry_path(std::u16string_view text);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The capabilities (features on demand) of an installation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/inspect/packages.h"

namespace casement {

struct Capability {
  std::u16string identity;  // "Language.Basic~~~en-US~0.0.1.0"
  PackageState state = PackageState::not_present;
  std::u16string display_name;
  std::u16string description;
  std::uint64_t download_size = 0;  // bytes; 0: not known
  std::uint64_t install_size = 0;
  std::vector<std::u16string> packages;  // identities of those that declare it
  Evidence evidence;                     // of the state
};

struct CapabilityList {
  std::vector<Capability> capabilities;  // by identity, without regard to case
  Diagnostics diagnostics;
};

/// Those that packages of the registry declare, with the best state of these packages, and those
/// that only the metadata of features on demand declare, which are not present.
CapabilityList read_capabilities(const PackageStore& store);

/// Without regard to case; a name may leave out what follows its first '~'. nullptr: no such one.
const Capability* find_capability(const CapabilityList& list, std::u16string_view name) noexcept;

}  // namespace casement

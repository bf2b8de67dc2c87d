// SPDX-License-Identifier: Apache-2.0
// The devices that an INF serves: manufacturers, models, and the service of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/servicing/inf.h"
#include "engine/servicing/inf_decoration.h"
#include "vfs/core/diagnostics.h"

namespace casement {

/// One line of a models section, strings replaced.
struct InfModel {
  std::u16string manufacturer;
  std::u16string description;
  InfArchitecture architecture = InfArchitecture::x86;
  std::u16string install_section;  // as the line names it, without decoration
  std::u16string hardware_id;      // empty: the line names none
  std::vector<std::u16string> compatible_ids;
  /// ExcludeFromSelect of [ControlFlags], for all models of the INF; "*" stands for every id.
  std::vector<std::u16string> exclude_ids;
  /// The function driver that the install section associates; empty: none, or another INF's.
  std::u16string service;
  std::optional<std::uint32_t> start_type;  // of that service; 0: started by the boot loader
};

struct InfModels {
  std::vector<InfModel> models;  // by architecture, then in the order of the INF
  Diagnostics diagnostics;
};

/// Of each manufacturer and processor the models section that `target` would take; where none
/// applies to it, the latest. Include and Needs, which lead to other INFs, are not followed.
InfModels read_inf_models(const Inf& inf, const InfTarget& target);

}  // namespace casement

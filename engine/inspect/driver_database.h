// SPDX-License-Identifier: Apache-2.0
// The DriverDatabase key of Windows 8 and later.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/hive/key.h"
#include "engine/inspect/device_class.h"
#include "engine/inspect/drivers.h"
#include "engine/inspect/fact_reader.h"

namespace casement {

inline constexpr std::u16string_view driver_packages_key = u"DriverDatabase\\DriverPackages";

/// Every package of SYSTEM and DRIVERS, unsorted; a package that both have is that of SYSTEM. Of
/// the versions of an inbox package only the active one. nullopt: neither hive has the key.
std::optional<std::vector<DriverPackage>> read_driver_database(FactReader& reader,
                                                               DeviceClasses& classes);

}  // namespace casement

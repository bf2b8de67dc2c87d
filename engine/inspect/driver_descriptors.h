// SPDX-License-Identifier: Apache-2.0
// The devices of a driver package as the registry has them.
#pragma once

#include <vector>

#include "engine/inspect/driver_details.h"
#include "engine/inspect/fact_reader.h"

namespace casement {

/// From Descriptors, Configurations and Strings of the package's key, in the order of the hive.
/// Empty when there is no such key.
std::vector<DriverModel> read_driver_descriptors(FactReader& reader, const DriverPackage& package);

}  // namespace casement

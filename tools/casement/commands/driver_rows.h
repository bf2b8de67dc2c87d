// SPDX-License-Identifier: Apache-2.0
// Drivers with their devices, for lists.
#pragma once

#include <vector>

#include "tools/casement/commands/finding_list.h"
#include "tools/casement/render/describe_drivers.h"

namespace casement::cli {

using DriverPointers = std::vector<const DriverPackage*>;
DriverPointers all_drivers(const DriverList& list);

/// The details of each driver, in their order. One whose details cannot be read has none but those
/// of the list, and the reason is a finding.
std::vector<DriverDetails> read_devices(const Image& image, const DriverPointers& drivers,
                                        FindingList& findings);

/// A row a device; refers to `details`.
std::vector<DeviceRow> device_rows(const std::vector<DriverDetails>& details);

}  // namespace casement::cli

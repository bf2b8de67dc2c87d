// SPDX-License-Identifier: Apache-2.0
// What is said of driver packages and the devices that they serve.
#pragma once

#include <vector>

#include "engine/inspect/driver_details.h"
#include "tools/casement/render/fields.h"

namespace casement::cli {

/// `inbox`: where people see whether it came with Windows.
void describe_driver(const DriverPackage& driver, FieldSink& sink, Shown inbox = Shown::details);
/// With its devices.
void describe_driver(const DriverDetails& details, FieldSink& sink);

/// A device, and the driver that serves it; nothing is owned.
struct DeviceRow {
  const DriverPackage* driver = nullptr;
  const DriverModel* model = nullptr;
};
void describe_device(const DeviceRow& row, FieldSink& sink);

}  // namespace casement::cli

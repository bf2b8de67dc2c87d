// SPDX-License-Identifier: Apache-2.0
// Structures of drivers as the API has them.
#pragma once

#include <string>

#include "engine/dismapi/allocation.h"
#include "engine/dismapi/dismapi.h"
#include "engine/inspect/driver_details.h"
#include "engine/inspect/drivers.h"
#include "vfs/core/guid.h"

namespace casement::dismapi {

/// "{4D36E97B-E325-11CE-BFC1-08002BE10318}".
std::u16string class_guid_text(const Guid& guid);

void fill_driver_package(Answer& answer, const DriverPackage& driver, DismDriverPackage& out);
void fill_driver(Answer& answer, const DriverModel& model, DismDriver& out);

}  // namespace casement::dismapi

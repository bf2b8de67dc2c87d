// SPDX-License-Identifier: Apache-2.0
// The driver that a DriverPath names.
#pragma once

#include "engine/dismapi/dismapi.h"
#include "engine/inspect/driver_details.h"
#include "engine/session/session.h"
#include "vfs/core/result.h"

namespace casement::dismapi {

/// An installed one by its published name, its package id or the path that DismGetDrivers gives;
/// else the INF of that path on this machine. not_found, path_not_found: neither is there.
/// 0x80070490: installed, but the registry has no version of it. Precondition: `driver_path` was
/// checked.
Result<DriverDetails> find_named_driver(const Session& session, PCWSTR driver_path);

}  // namespace casement::dismapi

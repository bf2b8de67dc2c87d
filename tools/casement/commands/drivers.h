// SPDX-License-Identifier: Apache-2.0
// `casement drivers`: the driver packages of an installation.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_drivers(const DriversOptions& options, Output& output);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// `casement machine`: keys and identifiers, names, firmware, hardware, state of Setup, history.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_machine(const MachineOptions& options, Output& output);

}  // namespace casement::cli

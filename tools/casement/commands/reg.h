// SPDX-License-Identifier: Apache-2.0
// `casement reg`.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

/// Prints what was asked for; errors go to standard error.
ExitCode run_reg(const RegOptions& options, Output& output);

}  // namespace casement::cli

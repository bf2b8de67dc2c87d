// SPDX-License-Identifier: Apache-2.0
// `casement stat`.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

/// Prints what is known of a node; errors go to standard error.
ExitCode run_stat(const StatOptions& options, Output& output);

}  // namespace casement::cli

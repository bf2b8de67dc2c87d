// SPDX-License-Identifier: Apache-2.0
// `casement info`.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

/// Prints the session; errors go to standard error.
ExitCode run_info(const InfoOptions& options, Output& output);

}  // namespace casement::cli

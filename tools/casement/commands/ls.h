// SPDX-License-Identifier: Apache-2.0
// `casement ls`.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

/// Lists a directory, a tree or the volumes; errors go to standard error.
ExitCode run_ls(const LsOptions& options, Output& output);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// `casement updates`: the updates of an installation.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_updates(const UpdatesOptions& options, Output& output);

}  // namespace casement::cli

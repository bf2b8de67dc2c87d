// SPDX-License-Identifier: Apache-2.0
// `casement editions`: which edition an installation is and can become.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_editions(const EditionsOptions& options, Output& output);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// `casement capabilities`: the capabilities of an installation.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_capabilities(const CapabilitiesOptions& options, Output& output);

}  // namespace casement::cli

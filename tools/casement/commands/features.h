// SPDX-License-Identifier: Apache-2.0
// `casement features`: the optional features of an installation.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_features(const FeaturesOptions& options, Output& output);

}  // namespace casement::cli

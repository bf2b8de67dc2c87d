// SPDX-License-Identifier: Apache-2.0
// `casement packages`: the packages of an installation.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_packages(const PackagesOptions& options, Output& output);

}  // namespace casement::cli

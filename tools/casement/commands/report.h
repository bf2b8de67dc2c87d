// SPDX-License-Identifier: Apache-2.0
// `casement report`: everything about an installation in one document.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_report(const ReportOptions& options, Output& output);

}  // namespace casement::cli

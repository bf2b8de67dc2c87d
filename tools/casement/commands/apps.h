// SPDX-License-Identifier: Apache-2.0
// `casement apps`: provisioned apps, or Windows Installer's products.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_apps(const AppsOptions& options, Output& output);

}  // namespace casement::cli

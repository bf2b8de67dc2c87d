// SPDX-License-Identifier: Apache-2.0
// `casement umount`.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_umount(const UmountOptions& options, Output& output);

}  // namespace casement::cli

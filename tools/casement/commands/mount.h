// SPDX-License-Identifier: Apache-2.0
// `casement mount`.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

/// Mounts an image, or lists what is mounted when none is given.
ExitCode run_mount(const MountOptions& options, Output& output);

}  // namespace casement::cli

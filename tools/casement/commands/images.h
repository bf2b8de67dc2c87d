// SPDX-License-Identifier: Apache-2.0
// `casement images`: what DISM's Get-ImageInfo says.
#pragma once

#include "tools/casement/args.h"
#include "tools/casement/exit_code.h"
#include "tools/casement/output.h"

namespace casement::cli {

ExitCode run_images(const ImagesOptions& options, Output& output);

}  // namespace casement::cli

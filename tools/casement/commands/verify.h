// SPDX-License-Identifier: Apache-2.0
// `casement verify`: every byte of a WIM against its digests.
#pragma once

#include "tools/casement/args.h"
#include "tools/casement/exit_code.h"
#include "tools/casement/output.h"

namespace casement::cli {

ExitCode run_verify(const VerifyOptions& options, Output& output);

}  // namespace casement::cli

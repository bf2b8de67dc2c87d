// SPDX-License-Identifier: Apache-2.0
// `casement intl`: languages, locales, keyboards and time zone.
#pragma once

#include "tools/casement/args.h"

namespace casement::cli {

ExitCode run_intl(const IntlOptions& options, Output& output);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// `casement report`: one document; schema/report.schema.json describes it.
#pragma once

#include "tools/casement/commands/report_gather.h"
#include "tools/casement/output.h"

namespace casement::cli {

void render_report(Output& output, const InstallationReport& report, bool evidence);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// `casement info` for programs; README.md has the schema.
#pragma once

#include <string>

#include "tools/casement/commands/info_report.h"

namespace casement::cli {

/// `evidence`: also "evidence" members, as in README.md.
void render_info_json(std::string& out, const InfoReport& report, bool evidence);

}  // namespace casement::cli

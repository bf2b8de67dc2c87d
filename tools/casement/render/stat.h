// SPDX-License-Identifier: Apache-2.0
// `casement stat` for people and for programs.
#pragma once

#include <string>

#include "tools/casement/commands/stat_report.h"

namespace casement::cli {

void render_stat_text(std::string& out, const StatReport& report);
/// README.md has the schema.
void render_stat_json(std::string& out, const StatReport& report);

}  // namespace casement::cli

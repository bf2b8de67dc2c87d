// SPDX-License-Identifier: Apache-2.0
// `casement info` for programs; README.md has the schema.
#pragma once

#include <string>

#include "tools/casement/commands/info_report.h"

namespace casement::cli {

/// `evidence`: also "evidence" members, as in README.md.
void render_info_json(std::string& out, const InfoReport& report, bool evidence);

/// The same document for an image without a Windows: what only a Windows could say is null or
/// empty.
void render_volumes_json(std::string& out, const VolumesReport& report);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// `casement info` for people.
#pragma once

#include <string>

#include "tools/casement/commands/info_report.h"

namespace casement::cli {

/// `evidence`: also where every fact was read and what spoke for every choice.
void render_info_text(std::string& out, const InfoReport& report, bool evidence);

/// Below the table of installations: those that only a boot store tells of.
void render_unreadable(std::string& out, const OpenedImage& opened,
                       const std::vector<UnreadableInstallation>& installations);

/// The layers and volumes of an image without a Windows.
void render_volumes_text(std::string& out, const VolumesReport& report);

}  // namespace casement::cli

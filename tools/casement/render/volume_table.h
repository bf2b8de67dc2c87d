// SPDX-License-Identifier: Apache-2.0
// The volumes of an image as a table.
#pragma once

#include <string>
#include <vector>

#include "tools/casement/commands/volume_report.h"

namespace casement::cli {

/// A line a volume; columns that are empty for all of them are left out. Volumes that cannot be
/// read say why.
void render_volume_table(std::string& out, const std::vector<VolumeReport>& volumes);

}  // namespace casement::cli

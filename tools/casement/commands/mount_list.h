// SPDX-License-Identifier: Apache-2.0
// What is mounted, printed.
#pragma once

#include <string>
#include <vector>

#include "tools/casement/exit_code.h"
#include "tools/casement/output.h"
#include "vfs/mount/mounted_image.h"

namespace casement::cli {

/// Every mount that this user can see, as a table or as JSON.
ExitCode list_mounts(bool json, Output& output);

void render_mounts_text(std::string& out, const std::vector<MountedImage>& mounts);
void render_mounts_json(std::string& out, const std::vector<MountedImage>& mounts);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// The report of `casement verify`, for people and for programs.
#pragma once

#include <string>

#include "vfs/wim/verify.h"

namespace casement::cli {

void render_verify_text(std::string& out, const wim::VerifyReport& report);
void render_verify_json(std::string& out, const std::string& path, const wim::VerifyReport& report);

}  // namespace casement::cli

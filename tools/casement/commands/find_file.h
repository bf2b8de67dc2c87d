// SPDX-License-Identifier: Apache-2.0
// PATH or --node of the file commands, or an explanation.
#pragma once

#include <optional>

#include "tools/casement/commands/image_files.h"
#include "tools/casement/exit_code.h"

namespace casement::cli {

/// The node that the arguments name. nullopt: there is none; standard error says why, and `code` is
/// what the program should return.
std::optional<FoundFile> find_file(const ImageFiles& files, const FileOptions& file,
                                   FollowMode mode, ExitCode& code);

}  // namespace casement::cli

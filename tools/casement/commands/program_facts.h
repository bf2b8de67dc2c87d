// SPDX-License-Identifier: Apache-2.0
// What an executable says of itself.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/pe/version_info.h"
#include "vfs/fs/file_system.h"

namespace casement::cli {

struct ProgramFacts {
  std::uint16_t machine = 0;  // IMAGE_FILE_HEADER::Machine
  VersionInfo version;
};

/// Of the main stream of a file. nullopt: no executable, one without a version resource, or content
/// that cannot be had here (kept elsewhere, not readable for this user). Errors: reading fails, or
/// the resources are damaged.
Result<std::optional<ProgramFacts>> read_program_facts(const FileSystem& file_system, NodeId node);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// Everything that `casement stat` says, gathered before anything is printed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/casement/commands/image_files.h"
#include "tools/casement/commands/program_facts.h"
#include "tools/casement/messages.h"
#include "tools/casement/security_summary.h"

namespace casement::cli {

struct StatReport {
  FoundFile file;
  const Volume* volume = nullptr;  // of the ImageFiles that it was gathered from
  NodeInfo info;
  std::u16string name;        // empty: the root, or a node without a path
  std::u16string short_name;  // empty: none
  std::optional<std::u16string> target;
  std::vector<std::byte> reparse_data;  // empty: none
  std::vector<StreamInfo> streams;
  std::vector<std::byte> security_descriptor;  // empty: none is kept
  SecuritySummary security;
  std::optional<ProgramFacts> program;
};

/// Asks the file system everything; what is damaged beside the node itself is reported and left
/// out. Errors: those of FileSystem::stat. The result refers to `files`.
Result<StatReport> gather_stat(const ImageFiles& files, FoundFile file, DamageReport& damage);

}  // namespace casement::cli

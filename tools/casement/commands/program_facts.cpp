// SPDX-License-Identifier: Apache-2.0
// A file is an executable when its headers say so; its name is not looked at.
#include "tools/casement/commands/program_facts.h"

#include <utility>

#include "engine/pe/pe_file.h"

namespace casement::cli {
namespace {

/// Many files that are no executables begin with MZ, or are shorter than its headers.
bool is_no_executable(const Error& error) {
  switch (error.status()) {
    case Status::bad_format:
    case Status::truncated:
    case Status::unsupported:
    case Status::limit_exceeded:
      return true;
    default:
      return false;
  }
}

/// Content that is elsewhere, or that this machine does not let us see, is not damaged.
bool is_out_of_reach(const Error& error) {
  return error.status() == Status::unsupported || error.status() == Status::access_denied;
}

}  // namespace

Result<std::optional<ProgramFacts>> read_program_facts(const FileSystem& file_system, NodeId node) {
  auto source = file_system.open(node, {});
  if (!source) {
    return is_out_of_reach(source.error()) ? Result<std::optional<ProgramFacts>>(std::nullopt)
                                           : std::unexpected(source.error());
  }
  const auto file = PeFile::open(*std::move(source));
  if (!file) {
    return is_no_executable(file.error()) ? Result<std::optional<ProgramFacts>>(std::nullopt)
                                          : std::unexpected(file.error());
  }
  auto version = CASEMENT_TRY(read_version_info(*file));
  if (!version) {
    return std::optional<ProgramFacts>();
  }
  return std::optional(ProgramFacts{.machine = file->machine(), .version = *std::move(version)});
}

}  // namespace casement::cli

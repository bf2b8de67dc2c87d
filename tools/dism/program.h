// SPDX-License-Identifier: Apache-2.0
// A whole run of dism: banner, command, completion or error.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "tools/dism/output.h"

namespace casement::dism {

/// What the environment asks for, beside the command line.
struct Settings {
  bool crlf = false;           // DISM_CRLF
  std::string exit_code_file;  // DISM_EXIT_FILE; empty: none
};

/// What the banner calls the version of DISM.
inline constexpr const char* dism_version = "10.0.26100.1";

/// `arguments` without the name of the program. Gives the code of dism.exe: 0, the number of a
/// Win32 error, or an HRESULT. `notes` gets lines for standard error. What is thrown becomes
/// ERROR_OUTOFMEMORY: the file of the exit code is written at every end.
std::int32_t run_program(std::span<const std::string> arguments, const Settings& settings,
                         Output& output, const Sink& notes);

}  // namespace casement::dism

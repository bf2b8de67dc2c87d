// SPDX-License-Identifier: Apache-2.0
// What the dump programs have in common.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "vfs/core/diagnostics.h"
#include "vfs/core/result.h"

namespace casement::dump {

enum class ExitCode : int { ok = 0, failed = 1, usage = 2 };

/// What main() gives back. Prints `usage` when --help is the only argument; else `run` has the
/// arguments, with the program's own name before them, and nullopt of it means that they are wrong.
int run_program(int argc, char** argv, const char* usage,
                std::optional<ExitCode> (*run)(std::span<char*> arguments));

/// Names and strings come from the image: control characters, which a terminal would obey, are
/// replaced.
std::string printable(std::string text);

/// One line with a name and an aligned value; an empty name continues the line above.
void print_field(const std::string& name, const std::string& value);

/// To standard error, one line each.
void print_findings(const Diagnostics& findings);

/// Prints the error, and is the exit code for it.
ExitCode report(const Error& error);

}  // namespace casement::dump

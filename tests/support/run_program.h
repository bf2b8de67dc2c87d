// SPDX-License-Identifier: Apache-2.0
// Running other people's programs.
#pragma once

#include <initializer_list>
#include <string>

namespace casement::test {

/// How a command ended.
struct ProgramOutcome {
  int exit_code = 0;
  std::string output;  // standard output
};

/// Runs a command of the shell, with the administrators' folders at the end of PATH: mkntfs, sfdisk
/// and others are there. Fails the test when it cannot be started or is ended by a signal.
ProgramOutcome run_program(const std::string& command);

/// Whether it ends with exit code 0. What it prints is dropped.
bool succeeds(const std::string& command);

/// Standard output of a command that must succeed.
std::string output_of(const std::string& command);

/// Use as `if (!have_programs({"fls", "icat"})) return;`: prints that the running test is skipped
/// when one is not installed.
bool have_programs(std::initializer_list<const char*> programs);

}  // namespace casement::test

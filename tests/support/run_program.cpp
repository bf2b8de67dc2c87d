// SPDX-License-Identifier: Apache-2.0
// popen(3): tests run few programs, one at a time.
#include "tests/support/run_program.h"

#include <sys/wait.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>

namespace casement::test {

ProgramOutcome run_program(const std::string& command) {
  const std::string line = "PATH=\"$PATH:/usr/sbin:/sbin\"; " + command;
  std::FILE* pipe = popen(line.c_str(), "r");  // NOLINT(cert-env33-c): our own commands
  BOOST_REQUIRE_MESSAGE(pipe != nullptr, "no shell for " << command);
  ProgramOutcome outcome;
  std::array<char, 65536> block{};
  for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe)) != 0;) {
    outcome.output.append(block.data(), got);
  }
  const int status = pclose(pipe);
  BOOST_REQUIRE_MESSAGE(status != -1 && WIFEXITED(status), command << " was ended by a signal");
  outcome.exit_code = WEXITSTATUS(status);
  return outcome;
}

bool succeeds(const std::string& command) {
  return run_program("exec >/dev/null 2>&1; " + command).exit_code == 0;
}

std::string output_of(const std::string& command) {
  ProgramOutcome outcome = run_program(command);
  BOOST_REQUIRE_MESSAGE(outcome.exit_code == 0, command << " gave exit code " << outcome.exit_code
                                                        << ": " << outcome.output.substr(0, 1000));
  return std::move(outcome.output);
}

bool have_programs(std::initializer_list<const char*> programs) {
  for (const char* const program : programs) {
    if (!succeeds(std::string("command -v ") + program)) {
      BOOST_TEST_MESSAGE("SKIPPED " << boost::unit_test::framework::current_test_case().full_name()
                                    << ": " << program << " is not installed");
      return false;
    }
  }
  return true;
}

}  // namespace casement::test

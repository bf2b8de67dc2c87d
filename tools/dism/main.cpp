// SPDX-License-Identifier: Apache-2.0
// The program `dism`.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "tools/dism/program.h"
#include "tools/dism/refusal.h"

namespace casement::dism {
namespace {

constexpr int failed_to_write = 1;  // ours: DISM of Windows has no number for it

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing sets variables
  return value == nullptr ? std::string() : value;
}

Settings settings_of_environment() {
  const std::string crlf = environment("DISM_CRLF");
  return {.crlf = !crlf.empty() && crlf != "0", .exit_code_file = environment("DISM_EXIT_FILE")};
}

int run(int count, char** arguments) {
  const std::vector<std::string> words(arguments + (count > 0 ? 1 : 0), arguments + count);
  Output output(descriptor_sink(STDOUT_FILENO), ::isatty(STDOUT_FILENO) == 1);
  const Sink notes = descriptor_sink(STDERR_FILENO);
  const std::int32_t code = run_program(words, settings_of_environment(), output, notes);
  (void)output.flush();
  // A reader that stops early ("| head") has what it wanted.
  if (output.error() != 0 && output.error() != EPIPE) {
    (void)notes(fmt::format("dism: cannot write the output: {}\n",
                            std::generic_category().message(output.error())));
    return failed_to_write;
  }
  return exit_status(code);
}

}  // namespace
}  // namespace casement::dism

int main(int argc, char** argv) {
  // A closed pipe comes back from write() as EPIPE; without this it ends the program, as well.
  (void)std::signal(SIGPIPE, SIG_IGN);
  const auto notes = casement::dism::descriptor_sink(STDERR_FILENO);
  // run_program() catches what flies: this is for what lies around it.
  try {
    return casement::dism::run(argc, argv);
  } catch (const std::bad_alloc&) {
    (void)notes("dism: out of memory\n");
  } catch (const std::exception& error) {
    (void)notes(fmt::format("dism: internal error: {}\n", error.what()));
  }
  return casement::dism::exit_status(casement::dism::result_code(casement::dism::out_of_memory));
}

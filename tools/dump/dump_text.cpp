// SPDX-License-Identifier: Apache-2.0
// Lines of the dump programs.
#include "tools/dump/dump_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace casement::dump {

int run_program(int argc, char** argv, const char* usage,
                std::optional<ExitCode> (*run)(std::span<char*> arguments)) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() == 2 && std::string_view(arguments[1]) == "--help") {
    fmt::print("{}", usage);
    return static_cast<int>(ExitCode::ok);
  }
  const std::optional<ExitCode> code = run(arguments);
  if (!code) {
    fmt::print(stderr, "{}", usage);
  }
  return static_cast<int>(code.value_or(ExitCode::usage));
}

std::string printable(std::string text) {
  constexpr unsigned char first_printable = 0x20;
  constexpr unsigned char del = 0x7F;
  std::replace_if(
      text.begin(), text.end(),
      [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code < first_printable || code == del;
      },
      '?');
  return text;
}

void print_field(const std::string& name, const std::string& value) {
  fmt::print("{:<24}{}\n", name, printable(value));
}

void print_findings(const Diagnostics& findings) {
  for (const Diagnostic& finding : findings.items()) {
    fmt::print(stderr, "{}: {}\n", finding.code, printable(finding.text));
  }
  if (findings.dropped() != 0) {
    fmt::print(stderr, "{} more findings\n", findings.dropped());
  }
}

ExitCode report(const Error& error) {
  fmt::print(stderr, "{}\n", printable(error.message()));
  return ExitCode::failed;
}

}  // namespace casement::dump

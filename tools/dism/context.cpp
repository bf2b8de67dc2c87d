// SPDX-License-Identifier: Apache-2.0
// Findings and remarks beside the output.
#include "tools/dism/context.h"

#include <fmt/format.h>

#include "tools/dism/list.h"

namespace casement::dism {
namespace {

constexpr std::size_t max_said = 20;  // findings of one question on standard error

LogLevel level_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return LogLevel::information;
    case Severity::warning:
      return LogLevel::warnings;
    case Severity::error:
      return LogLevel::errors;
  }
  return LogLevel::errors;
}

}  // namespace

void Context::say(LogLevel level, std::string_view text) {
  log_.write(level, text);
  if (!output_.quiet()) {
    // Nothing sensible can be done when standard error itself fails.
    (void)notes_(fmt::format("dism: {}\n", printable(text)));
  }
}

void Context::note(const Diagnostic& finding) {
  if (finding.severity == Severity::note) {
    log_.write(LogLevel::information, finding.text);
  } else {
    say(level_of(finding.severity), finding.text);
  }
}

void Context::note(const Diagnostics& findings) {
  std::size_t said = 0;
  for (const Diagnostic& finding : findings.items()) {
    if (finding.severity == Severity::note || said >= max_said) {
      log_.write(level_of(finding.severity), finding.text);
    } else {
      note(finding);
    }
    said += finding.severity == Severity::note ? 0U : 1U;
  }
  if (const std::size_t rest = findings.dropped() + (said > max_said ? said - max_said : 0U)) {
    say(LogLevel::warnings, fmt::format("{} more findings like these", rest));
  }
}

}  // namespace casement::dism

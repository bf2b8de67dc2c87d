// SPDX-License-Identifier: Apache-2.0
// `casement intl`.
#include "tools/casement/commands/intl.h"

#include "engine/inspect/intl.h"
#include "tools/casement/commands/question.h"
#include "tools/casement/render/describe_settings.h"

namespace casement::cli {

ExitCode run_intl(const IntlOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const Image& image = std::get<SessionPtr>(opened)->image();
  const InternationalSettings settings = read_international_settings(image);
  FindingList findings;
  findings.add("intl", settings.diagnostics);
  add_hive_findings(findings, image);
  render_facts(
      output, "intl", [&](FieldSink& sink) { describe_international(settings, sink); },
      options.style, findings);
  return end_question(findings, options.style);
}

}  // namespace casement::cli

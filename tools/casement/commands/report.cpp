// SPDX-License-Identifier: Apache-2.0
// `casement report`.
#include "tools/casement/commands/report.h"

#include "tools/casement/commands/question.h"
#include "tools/casement/commands/report_gather.h"
#include "tools/casement/render/report_json.h"

namespace casement::cli {

ExitCode run_report(const ReportOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const InstallationReport report = gather_report(std::get<SessionPtr>(opened), options.devices);
  render_report(output, report, options.evidence);
  report.findings.say(false);
  return report.is_damaged() ? ExitCode::partial : ExitCode::ok;
}

}  // namespace casement::cli

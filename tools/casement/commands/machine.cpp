// SPDX-License-Identifier: Apache-2.0
// `casement machine`.
#include "tools/casement/commands/machine.h"

#include "engine/inspect/system_facts.h"
#include "tools/casement/commands/question.h"
#include "tools/casement/render/describe_machine.h"

namespace casement::cli {

ExitCode run_machine(const MachineOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const Image& image = std::get<SessionPtr>(opened)->image();
  const SystemFacts facts = read_system_facts(image);
  FindingList findings;
  findings.add("machine", facts.diagnostics);
  add_hive_findings(findings, image);
  render_facts(
      output, "machine", [&](FieldSink& sink) { describe_machine(facts, sink); }, options.style,
      findings);
  return end_question(findings, options.style);
}

}  // namespace casement::cli

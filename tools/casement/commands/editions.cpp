// SPDX-License-Identifier: Apache-2.0
// `casement editions`.
#include "tools/casement/commands/editions.h"

#include "engine/inspect/editions.h"
#include "tools/casement/commands/question.h"
#include "tools/casement/render/describe_settings.h"

namespace casement::cli {

ExitCode run_editions(const EditionsOptions& options, Output& output) {
  const auto opened = open_question(options.image);
  if (const auto* code = std::get_if<ExitCode>(&opened)) {
    return *code;
  }
  const PackageStore& store = std::get<SessionPtr>(opened)->packages();
  const Editions editions = read_editions(store);
  FindingList findings;
  findings.add("editions", editions.diagnostics);
  findings.add("packages", store.findings());
  add_hive_findings(findings, store.image());
  render_facts(
      output, "editions", [&](FieldSink& sink) { describe_editions(editions, sink); },
      options.style, findings);
  return end_question(findings, options.style);
}

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// /Cleanup-Image: the health and the sizes of the component store. Nothing is cleaned up.
#include <fmt/format.h>

#include <array>
#include <string>

#include "engine/inspect/servicing_state.h"
#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/progress_bar.h"
#include "tools/dism/values.h"

namespace casement::dism {
namespace {

const char* health_sentence(HealthState state) {
  switch (state) {
    case HealthState::healthy:
      return "No component store corruption detected.\n";
    case HealthState::repairable:
      return "The component store is repairable.\n";
    case HealthState::not_repairable:
      return "The component store cannot be repaired.\n";
  }
  return "";
}

Result<void> check_health(Context& context) {
  const StoredHealth health = read_stored_health(context.image());
  context.text() += health_sentence(health.state);
  context.complete_without_blank_line();
  context.note(health.diagnostics);
  return {};
}

Result<void> scan(Context& context) {
  ProgressBar bar(context.output());
  const HealthReport report = CASEMENT_TRY(scan_health(context.packages(), bar.callback()));
  bar.finish();
  context.text() += std::string(" ") + health_sentence(report.state);
  context.complete_without_blank_line();
  Diagnostics problems;
  for (const Diagnostic& problem : report.problems) {
    problems.add(problem.severity, problem.code, problem.text);
  }
  context.note(problems);
  context.log(LogLevel::information,
              fmt::format("{} packages and {} components were checked", report.packages_checked,
                          report.components_checked));
  return {};
}

Result<void> analyze(Context& context) {
  ProgressBar bar(context.output());
  const ComponentStoreSizes sizes =
      CASEMENT_TRY(analyze_component_store(context.packages(), bar.callback()));
  bar.finish();
  std::string& out = context.text();
  out += "\n\nComponent Store (WinSxS) information:\n\n";
  add_field(out, "Windows Explorer Reported Size of Component Store",
            short_size(sizes.explorer_reported));
  out += '\n';
  add_field(out, "Actual Size of Component Store", short_size(sizes.actual));
  out += '\n';
  add_field(out, "    Shared with Windows", short_size(sizes.shared_with_windows));
  add_field(out, "    Backups and Disabled Features", short_size(sizes.backups_and_disabled));
  // Two spaces: so it is in Windows 10 and 11.
  out += fmt::format("    Cache and Temporary Data :  {}\n", short_size(sizes.cache_and_temporary));
  out += '\n';
  add_field(out, "Date of Last Cleanup", sortable_time_text(sizes.last_cleanup));
  out += '\n';
  add_field(out, "Number of Reclaimable Packages", std::to_string(sizes.reclaimable_packages));
  add_field(out, "Component Store Cleanup Recommended", yes_no(sizes.cleanup_recommended));
  context.note(sizes.diagnostics);
  return {};
}

}  // namespace

Result<void> clean_up_image(Context& context) {
  const Request& request = context.request();
  constexpr std::array changes = {"RestoreHealth", "StartComponentCleanup", "RevertPendingActions",
                                  "SPSuperseded"};
  for (const char* change : changes) {
    if (request.has(change)) {
      return refuse_change(context);
    }
  }
  if (request.has("CheckHealth")) {
    return check_health(context);
  }
  if (request.has("ScanHealth")) {
    return scan(context);
  }
  if (request.has("AnalyzeComponentStore")) {
    return analyze(context);
  }
  return context.refuse(wrong_usage, usage::missing_argument(request.command_text),
                        "what to do with the image was not said");
}

}  // namespace casement::dism

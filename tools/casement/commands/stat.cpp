// SPDX-License-Identifier: Apache-2.0
// `casement stat`: all about one file or directory.
#include "tools/casement/commands/stat.h"

#include <utility>

#include "tools/casement/commands/file_findings.h"
#include "tools/casement/commands/find_file.h"
#include "tools/casement/commands/stat_report.h"
#include "tools/casement/messages.h"
#include "tools/casement/render/stat.h"

namespace casement::cli {

ExitCode run_stat(const StatOptions& options, Output& output) {
  const Result<ImageFiles> files = ImageFiles::open(options.image, options.file);
  if (!files) {
    return fail_with(files.error());
  }
  ExitCode code = ExitCode::ok;
  auto found = find_file(*files, options.file,
                         options.follow ? FollowMode::follow : FollowMode::nofollow_last, code);
  DamageReport damage;
  if (!found) {
    report_findings(*files, nullptr, damage);  // may be why it is not there
    damage.finish();
    return code;
  }
  if (!found->stream.empty()) {
    say_error("PATH names a stream: stat says of a file which streams it has");
    return ExitCode::usage;
  }
  const Result<StatReport> report = gather_stat(*files, *std::move(found), damage);
  if (!report) {
    report_findings(*files, nullptr, damage);
    return fail_with(report.error());
  }
  if (options.json) {
    render_stat_json(output.text(), *report);
  } else {
    render_stat_text(output.text(), *report);
  }
  report_findings(*files, &report->file, damage);
  damage.finish();
  return damage.count() == 0 ? ExitCode::ok : ExitCode::partial;
}

}  // namespace casement::cli

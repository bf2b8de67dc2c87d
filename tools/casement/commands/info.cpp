// SPDX-License-Identifier: Apache-2.0
// `casement info`: which Windows is in an image.
#include "tools/casement/commands/info.h"

#include <fmt/format.h>

#include "tools/casement/commands/hive_file.h"
#include "tools/casement/commands/info_report.h"
#include "tools/casement/commands/registry_source.h"
#include "tools/casement/messages.h"
#include "tools/casement/render/info_json.h"
#include "tools/casement/render/info_text.h"
#include "vfs/source/file_source.h"

namespace casement::cli {
namespace {

/// People try the file that they have at hand.
void hint_for_hive(const std::string& path) {
  const Result<SourcePtr> source = open_file_source(path);
  if (source && looks_like_hive(**source)) {
    say_hint(fmt::format("this is a registry hive: casement reg {}", path));
  }
}

}  // namespace

ExitCode run_info(const InfoOptions& options, Output& output) {
  Result<SessionRequest> request = to_request(options.image);
  if (!request) {
    say_error(request.error());
    return ExitCode::usage;
  }
  Result<SessionPtr> session = Session::open(*request);
  if (!session) {
    say_error(session.error());
    hint_for_hive(options.image.image);
    return session.error().status() == Status::invalid_argument ? ExitCode::usage
                                                                : ExitCode::failed;
  }
  const InfoReport report = gather_info(std::move(session).take());
  if (options.json) {
    render_info_json(output.text(), report, options.evidence);
  } else {
    render_info_text(output.text(), report, options.evidence);
  }
  return report.is_damaged() ? ExitCode::partial : ExitCode::ok;
}

}  // namespace casement::cli

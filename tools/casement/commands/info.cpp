// SPDX-License-Identifier: Apache-2.0
// `casement info`: which Windows is in an image.
#include "tools/casement/commands/info.h"

#include <fmt/format.h>

#include <utility>

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

/// An image in which no Windows was found still has layers and volumes. They come before the error,
/// so that a terminal shows the reason last.
void show_volumes(const InfoOptions& options, OpenedImage opened, const Error& error,
                  Output& output) {
  const auto report = gather_volumes_report(std::move(opened), error);
  if (options.json) {
    render_volumes_json(output.text(), *report);
  } else {
    render_volumes_text(output.text(), *report);
  }
  output.flush();
}

}  // namespace

ExitCode run_info(const InfoOptions& options, Output& output) {
  Result<SessionRequest> request = to_request(options.image);
  if (!request) {
    say_error(request.error());
    return ExitCode::usage;
  }
  Result<OpenedImage> opened = Session::open_volumes(*request);
  if (!opened) {
    const ExitCode code = fail_with(opened.error());
    hint_for_hive(options.image.image);
    return code;
  }
  Result<SessionPtr> session = Session::complete(*opened, *request);
  if (!session) {
    if (!options.image.windows_directory && !options.image.system_drive) {
      show_volumes(options, std::move(opened).take(), session.error(), output);
    }
    return fail_with(session.error());
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

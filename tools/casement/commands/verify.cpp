// SPDX-License-Identifier: Apache-2.0
// `casement verify`.
#include "tools/casement/commands/verify.h"

#include <fmt/format.h>

#include "engine/session/session.h"
#include "tools/casement/messages.h"
#include "tools/casement/progress_bar.h"
#include "tools/casement/render/verify.h"
#include "vfs/wim/verify.h"

namespace casement::cli {
namespace {

Result<wim::WimFilePtr> open_wim(const std::string& path) {
  const OpenedImage opened = CASEMENT_TRY(Session::open_volumes(
      {.image_path = to_units(path), .windows_directory = {}, .system_drive = {}}));
  if (!opened.wim) {
    return fail(Status::unsupported,
                fmt::format("image {}: it has no digests to verify: expected a WIM, ESD or SWM, or "
                            "an ISO with one",
                            path));
  }
  return opened.wim;
}

}  // namespace

ExitCode run_verify(const VerifyOptions& options, Output& output) {
  const Result<wim::WimFilePtr> file = open_wim(options.image.image);
  if (!file) {
    return fail_with(file.error());
  }
  wim::VerifyOptions verify;
  verify.threads = options.threads;
  Result<wim::VerifyReport> report = [&] {
    ProgressBar bar("Verifying");
    verify.progress = [&bar](const wim::VerifyProgress& progress) {
      bar.show(progress.done, progress.total);
      return true;
    };
    return wim::verify(*file, verify);
  }();
  if (!report) {
    return fail_with(report.error());
  }
  if (options.json) {
    render_verify_json(output.text(), options.image.image, *report);
  } else {
    render_verify_text(output.text(), *report);
  }
  return report->good() ? ExitCode::ok : ExitCode::partial;
}

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// `casement ls`: directories, trees, volumes.
#include "tools/casement/commands/ls.h"

#include <memory>

#include "tools/casement/commands/file_findings.h"
#include "tools/casement/commands/find_file.h"
#include "tools/casement/commands/list_walk.h"
#include "tools/casement/commands/volume_report.h"
#include "tools/casement/messages.h"
#include "tools/casement/render/list_writer.h"
#include "tools/casement/render/volume_table.h"

namespace casement::cli {
namespace {

/// Without a path, a Windows and a choice there is no directory to begin with.
bool shows_volumes(const ImageFiles& files, const LsOptions& options) {
  return options.file.path.empty() && !options.file.volume && files.image() == nullptr &&
         files.opened().volumes.size() > 1 && !files.opened().selected &&
         options.format == ListFormat::text && !options.recursive && !options.deleted;
}

std::unique_ptr<ListWriter> make_writer(const LsOptions& options, Output& output) {
  if (options.format == ListFormat::json || options.format == ListFormat::jsonl) {
    return make_list_json_writer(output.text(), options);
  }
  return make_list_text_writer(output.text(), options);
}

}  // namespace

ExitCode run_ls(const LsOptions& options, Output& output) {
  const Result<ImageFiles> files = ImageFiles::open(options.image, options.file);
  if (!files) {
    return fail_with(files.error());
  }
  if (shows_volumes(*files, options)) {
    render_volume_table(output.text(), gather_volumes(files->opened(), nullptr));
    say_hint("--volume N lists one of them");
    return ExitCode::ok;
  }
  ExitCode code = ExitCode::ok;
  const auto found =
      find_file(*files, options.file,
                options.no_follow ? FollowMode::nofollow_last : FollowMode::follow, code);
  DamageReport damage;
  if (!found) {
    report_findings(*files, nullptr, damage);  // may be why it is not there
    damage.finish();
    return code;
  }
  if (!found->stream.empty()) {
    say_error("PATH names a stream: --streams lists those of a file, 'casement cat' prints one");
    return ExitCode::usage;
  }
  const auto writer = make_writer(options, output);
  writer->begin();
  const Result<bool> listed = list_files(*found, options, *writer, output, damage);
  if (!listed) {
    output.text().clear();
    report_findings(*files, &*found, damage);
    return fail_with(listed.error());
  }
  writer->finish();
  report_findings(*files, &*found, damage);
  damage.finish();
  return damage.count() == 0 ? ExitCode::ok : ExitCode::partial;
}

}  // namespace casement::cli

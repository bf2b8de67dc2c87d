// SPDX-License-Identifier: Apache-2.0
// `casement mount`: an image as a directory of this machine.
#include "tools/casement/commands/mount.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "tools/casement/commands/image_files.h"
#include "tools/casement/commands/mount_list.h"
#include "tools/casement/fuse/daemon.h"
#include "tools/casement/fuse/fuse_server.h"
#include "tools/casement/fuse/mount_source.h"
#include "tools/casement/fuse/mount_volumes.h"
#include "tools/casement/messages.h"
#include "vfs/mount/host_facts.h"
#include "vfs/mount/image_text.h"
#include "vfs/mount/mounted_image.h"

namespace casement::cli {
namespace {

/// Damage that is met by whoever reads the mount; said on standard error, which nobody sees of a
/// mount in the background.
class Findings {
 public:
  FindingSink sink() {
    return [this](const std::string& finding) {
      const std::scoped_lock lock(mutex_);
      damage_.add("", finding);
    };
  }
  ExitCode finish() {
    const std::scoped_lock lock(mutex_);
    damage_.finish();
    return damage_.count() == 0 ? ExitCode::ok : ExitCode::partial;
  }

 private:
  std::mutex mutex_;
  DamageReport damage_;
};

/// The canonical path of the directory to mount on.
Result<std::string> check_directory(const std::string& directory) {
  // First: what is mounted there would make it "not empty", or not answer at all.
  if (const auto mounted = CASEMENT_TRY(find_mounted_image(directory))) {
    const char* const advice = mounted->state == MountState::invalid
                                   ? "its server is gone; casement umount --dead takes it away"
                                   : "casement umount takes it away";
    return fail(Status::already_exists, fmt::format("{} is mounted on {} already: {}",
                                                    mounted->image, mounted->mount_path, advice));
  }
  return require_empty_directory(directory).with_context([] { return "the mount point"; });
}

/// A tree that shows itself inside of itself would wait for its own answers.
Result<void> check_not_inside(const OpenedImage& opened, const std::string& directory) {
  // Not the text that was typed: a mount may have led from there to the tree that is served.
  for (const Layer& layer : opened.layers) {
    if (layer.kind != "directory" && layer.kind != "mount") {
      continue;
    }
    const std::string image = canonical_path(layer.detail);
    const bool inside =
        directory.starts_with(image) &&
        (directory.size() == image.size() || image == "/" || directory[image.size()] == '/');
    if (inside) {
      return fail(Status::invalid_argument,
                  fmt::format("the mount point {} lies in the image {}", directory, image));
    }
  }
  return {};
}

/// What is mounted, and by what text the kernel knows it.
struct Plan {
  MountLayout layout;
  std::string source;
};

Result<Plan> plan(const ImageFiles& files, const MountOptions& options) {
  const OpenedImage& opened = files.opened();
  const DriveMap drives = files.image() != nullptr ? files.image()->drives() : DriveMap();
  if (options.all) {
    return Plan{.layout = CASEMENT_TRY(layout_of_all(opened, drives)),
                .source = mount_source(opened, std::nullopt)};
  }
  CASEMENT_TRY(files.home_file_system());
  const std::size_t volume = files.home().value_or(0);
  return Plan{.layout = layout_of_volume(opened, drives, volume),
              .source = mount_source(opened, volume)};
}

/// The same image from every directory: the server leaves this one. What is not there stays as it
/// was typed, for the message that says so.
std::string absolute_image(std::string text) {
  if (!read_file_facts(split_image_text(text).path)) {
    std::string separated = text;
    std::ranges::replace(separated, '\\', '/');
    if (!read_file_facts(split_image_text(separated).path)) {
      return text;
    }
    text = std::move(separated);
  }
  const ImageText split = split_image_text(text);
  return canonical_path(split.path) + split.rest;
}

/// Without the hives and whatever else finding the volume needed.
Result<Plan> open_plan(const MountOptions& options, const std::string& directory) {
  FileOptions file;
  file.volume = options.volume;
  ImageOptions image = options.image;
  image.image = absolute_image(image.image);
  const ImageFiles files = CASEMENT_TRY(ImageFiles::open(image, file));
  CASEMENT_TRY(check_not_inside(files.opened(), directory));
  return plan(files, options);
}

TreeOptions tree_options(const MountOptions& options) {
  return {.case_sensitive = options.case_sensitive,
          .windows_streams = options.windows_streams,
          .owner = ::getuid(),
          .group = ::getgid()};
}

/// Returns when the mount is gone. `ready` is called when it is there.
Result<void> serve(const MountOptions& options, const std::string& directory, FindingSink findings,
                   std::function<void()> ready) {
  Plan planned = CASEMENT_TRY(open_plan(options, directory));
  MountTree tree(std::move(planned.layout), tree_options(options), std::move(findings));
  const auto server = CASEMENT_TRY(FuseServer::mount(tree, {.directory = directory,
                                                            .source = planned.source,
                                                            .allow_other = options.allow_other,
                                                            .ready = std::move(ready)}));
  const Result<void> served = server->serve();
  tree.tell_new_findings();
  return served;
}

ExitCode serve_here(const MountOptions& options, const std::string& directory) {
  Findings findings;
  const auto ready = [&] {
    say_note(fmt::format("mounted on {}; Ctrl-C or casement umount ends it", directory));
  };
  const Result<void> served = serve(options, directory, findings.sink(), ready);
  const ExitCode code = findings.finish();
  return served ? code : fail_with(served.error());
}

ExitCode serve_in_background(const MountOptions& options, const std::string& directory) {
  auto started = Daemon::start();
  if (!started) {
    return fail_with(started.error());
  }
  if (const auto* code = std::get_if<ExitCode>(&*started)) {
    return *code;
  }
  auto& daemon = std::get<Daemon>(*started);
  Findings findings;
  const Result<void> served =
      serve(options, directory, findings.sink(), [&daemon] { daemon.detach(); });
  return served ? ExitCode::ok : fail_with(served.error());
}

}  // namespace

ExitCode run_mount(const MountOptions& options, Output& output) {
  if (options.image.image.empty()) {
    return list_mounts(options.json, output);
  }
  const Result<std::string> directory = check_directory(options.directory);
  if (!directory) {
    return fail_with(directory.error());
  }
  return options.foreground ? serve_here(options, *directory)
                            : serve_in_background(options, *directory);
}

}  // namespace casement::cli

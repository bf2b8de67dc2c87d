// SPDX-License-Identifier: Apache-2.0
// Checks first, then an entry of the process's table.
#include "engine/session/mounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "engine/session/host_path.h"
#include "engine/session/session.h"
#include "vfs/core/utf16.h"
#include "vfs/mount/mount_table.h"
#include "vfs/open/opener.h"
#include "vfs/wim/verify.h"

namespace casement {
namespace {

/// The index of the image that is asked for.
Result<std::uint32_t> image_index(const OpenedImage& opened, const MountRequest& request) {
  if (!opened.wim) {
    if (request.name || request.index.value_or(1) != 1) {
      return fail(
          request.name ? invalid_image_name : invalid_image_index,
          fmt::format("image {}: it is no WIM: it has image 1 alone, without a name", opened.path));
    }
    return 1U;
  }
  if (request.name) {
    const auto found = CASEMENT_TRY(wim::find_image(*opened.wim, to_utf8(*request.name)));
    if (!found) {
      return fail(invalid_image_name, fmt::format("image {}: no image is named \"{}\"", opened.path,
                                                  to_utf8(*request.name)));
    }
    return *found;
  }
  const std::size_t count = opened.wim->images().size();
  if (!request.index || *request.index == 0 || *request.index > count) {
    return fail(invalid_image_index, fmt::format("image {}: no image {}: it has {}", opened.path,
                                                 request.index.value_or(0), count));
  }
  return *request.index;
}

Result<void> check_integrity(const wim::WimFilePtr& file, const MountRequest& request) {
  wim::VerifyOptions options;
  options.blobs = false;
  if (request.progress) {
    options.progress = [&request](const wim::VerifyProgress& progress) {
      return request.progress(progress.done, progress.total);
    };
  }
  const wim::VerifyReport report = CASEMENT_TRY(wim::verify(file, options));
  if (report.stopped) {
    return fail(mount_cancelled, "the integrity check was cancelled");
  }
  for (const Diagnostic& finding : report.diagnostics.items()) {
    if (finding.severity == Severity::error) {
      return fail(Status::corrupt, finding.text);
    }
  }
  if (!report.damaged_chunks.empty()) {
    const wim::DamagedChunk& first = report.damaged_chunks.front();
    return fail(Status::corrupt,
                fmt::format("integrity table: {} of {} chunks differ, the first at 0x{:X} of part "
                            "{}",
                            report.damaged_chunks.size(), report.integrity_chunks, first.offset,
                            first.part));
  }
  return {};
}

/// not_found as the DISM functions say it.
template <class T>
Result<T> as_status(Result<T> outcome, Status status) {
  if (!outcome && outcome.error().status() == Status::not_found) {
    return fail(status, outcome.error().message());
  }
  return outcome;
}

}  // namespace

Result<void> mount_image(const MountRequest& request, const Limits& limits) {
  const OpenedImage opened = CASEMENT_TRY(Session::open_volumes({.image_path = request.image_path,
                                                                 .windows_directory = std::nullopt,
                                                                 .system_drive = std::nullopt},
                                                                limits));
  if (opened.selected) {
    return fail(
        Status::invalid_argument,
        fmt::format("image {}: a selector: the index or the name says which image", opened.path));
  }
  const std::uint32_t index = CASEMENT_TRY(image_index(opened, request));
  if (request.check_integrity && opened.wim) {
    CASEMENT_TRY(check_integrity(opened.wim, request).with_context([&] {
      return fmt::format("image {}", opened.path);
    }));
  }
  const std::string selector =
      opened.path.substr(opened.host_path.size()) + (opened.wim ? fmt::format("#{}", index) : "");
  CASEMENT_TRY(with_host_path(to_utf8(request.mount_path), [&](const std::string& directory) {
    return as_status(MountTable::of_process().add(directory, opened.host_path, selector, index),
                     Status::path_not_found);
  }));
  return {};
}

Result<std::optional<MountedImage>> find_mount(const std::u16string& mount_path) {
  std::string directory = to_utf8(mount_path);
  auto mounted = CASEMENT_TRY(find_mounted_image(directory));
  if (!mounted && directory.find('\\') != std::string::npos) {
    std::replace(directory.begin(), directory.end(), '\\', '/');
    mounted = CASEMENT_TRY(find_mounted_image(directory));
  }
  return mounted;
}

Result<void> unmount_image(const std::u16string& mount_path) {
  const auto mounted = CASEMENT_TRY(find_mount(mount_path));
  if (!mounted) {
    return fail(unable_to_unmount, to_utf8(mount_path) + ": no image is mounted there");
  }
  if (!mounted->in_process) {
    return fail(unable_to_unmount,
                fmt::format("{0} was mounted by another program: casement umount {0}",
                            mounted->mount_path));
  }
  return MountTable::of_process().remove(mounted->mount_path);
}

Result<void> remount_image(const std::u16string& mount_path) {
  return with_host_path(to_utf8(mount_path), [](const std::string& directory) {
    return MountTable::of_process().remount(directory);
  });
}

std::size_t clean_up_mounts() {
  return MountTable::of_process().cleanup().size();
}

}  // namespace casement

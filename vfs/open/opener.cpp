// SPDX-License-Identifier: Apache-2.0
// Opening an image by its host path.
#include "vfs/open/opener.h"

#include <fmt/format.h>

#include <boost/filesystem.hpp>
#include <cerrno>
#include <memory>
#include <string>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"
#include "vfs/mount/mounted_image.h"
#include "vfs/open/directory_image.h"
#include "vfs/open/image_content.h"
#include "vfs/open/image_folder.h"
#include "vfs/open/image_path.h"
#include "vfs/open/nested_disk.h"
#include "vfs/open/selection.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

namespace bfs = boost::filesystem;

/// Longest host path: more than any host takes (PATH_MAX is 4096 on Linux), so that the message and
/// not the kernel's patience is the limit.
constexpr std::size_t max_path_bytes = 32'767;

Result<void> check_text(std::string_view path) {
  if (path.empty()) {
    return fail(Status::invalid_argument, "empty image path");
  }
  if (path.find('\0') != std::string_view::npos) {
    return fail(Status::invalid_argument,
                fmt::format("image path with a NUL at byte {}", path.find('\0')));
  }
  if (path.size() > max_path_bytes) {
    return fail(Status::name_too_long, fmt::format("image path of {} bytes: at most {} are taken",
                                                   path.size(), max_path_bytes));
  }
  return {};
}

/// Whether the directory that should hold `path` is there: tells a missing last component from a
/// missing way to it.
bool parent_exists(const std::string& path) {
  bfs::path given(path);
  if (given.filename_is_dot() || given.filename().empty()) {
    given = given.parent_path();  // "dir/" is about "dir"
  }
  bfs::path parent = given.parent_path();
  if (parent.empty()) {
    parent = ".";
  }
  boost::system::error_code ignored;
  return bfs::is_directory(parent, ignored);
}

Error explain_missing(const std::string& path, const boost::system::error_code& error) {
  Status status = status_from_errno(error.value());
  if (status == Status::not_found && !parent_exists(path)) {
    status = Status::path_not_found;
  }
  const char* const hint =
      status == Status::path_not_found ? ": the directory above it is not there either" : "";
  return {status, fmt::format("image {}: {}{}", path, error.message(), hint)};
}

/// The files that lie beside `path` on the host.
ImageFolderPtr folder_beside(const std::string& path) {
  const bfs::path parent = bfs::path(path).parent_path();
  return make_host_folder(parent.empty() ? "." : parent.string());
}

/// Whether a volume has something of that name; errors count as absence, and are met again.
bool exists_inside(const FileSystemPtr& volume, const std::string& path,
                   const WalkOptions& options) {
  const auto text = from_utf8(path);
  const auto found = text ? find_path(volume, *text, options) : std::nullopt;
  return found && *found;
}

/// Goes into a file of the image that is open: its volumes take the place of the outer ones.
Result<void> enter(OpenedImage& image, const std::string& inner, const Limits& limits) {
  const FileSystemPtr outer = CASEMENT_TRY(volume_for_inner_path(image, inner));
  WalkOptions options;
  options.limits = limits;
  const ImageStep step = CASEMENT_TRY(cut_selector(
      inner, [&](const std::string& path) { return exists_inside(outer, path, options); }));
  const auto path = from_utf8(step.path);
  if (!path) {
    return fail(Status::invalid_argument, fmt::format("\"{}\" is not UTF-8", step.path));
  }
  const auto found = CASEMENT_TRY(find_path(outer, *path, options));
  if (!found) {
    return fail(Status::not_found, fmt::format("image {}: no file \"{}\"", image.path, step.path));
  }
  if (found->kind != NodeKind::file) {
    return fail(Status::unsupported,
                fmt::format("image {}: \"{}\" is no file", image.path, step.path));
  }
  const ContainerFile file = CASEMENT_TRY(
      inner_container_file(found->file_system, found->node, found->stream, found->path, limits));
  image.volumes.clear();
  image.selected.reset();
  image.wim.reset();
  image.wim_path.clear();
  CASEMENT_TRY(add_content(image, file, step.path, limits).with_context([&] {
    return fmt::format("image {}: \"{}\"", image.path, step.path);
  }));
  return select_volume(image, step);
}

Result<OpenedImage> open_file(const std::string& path, const bfs::file_status& status,
                              const Limits& limits) {
  if (status.type() != bfs::regular_file && status.type() != bfs::block_file) {
    return fail(Status::unsupported,
                fmt::format("neither a directory nor a file; {}", accepted_images));
  }
  OpenedImage image;
  ContainerFile file;
  file.source = CASEMENT_TRY(open_file_source(path));
  file.name = bfs::path(path).filename().string();
  file.folder = folder_beside(path);
  CASEMENT_TRY(add_content(image, file, path, limits));
  return image;
}

/// `mounts`: how many mounts may still lead to one another.
Result<OpenedImage> open_path(std::string_view path, const Limits& limits, std::uint32_t mounts);

/// What is mounted on a directory; nullopt: nothing.
Result<std::optional<OpenedImage>> open_mounted(const std::string& directory, const Limits& limits,
                                                std::uint32_t mounts) {
  // Where the list of mounts cannot be read, nothing is mounted as far as anyone can tell.
  const auto known = find_mounted_image(directory);
  if (!known || !*known) {
    return std::nullopt;
  }
  const std::optional<MountedImage>& mounted = *known;
  if (mounted->state != MountState::ok) {
    return fail(needs_remount_status,
                fmt::format("\"{}\" is mounted there, but {}", mounted->image,
                            mounted->state == MountState::invalid
                                ? "the program that served it is gone: unmount it"
                                : "the image file is gone or another one since: mount it again"));
  }
  if (mounts == 0) {
    return fail(Status::too_many_links,
                fmt::format("\"{}\" is mounted there: a loop of mounts", mounted->image));
  }
  Result<OpenedImage> opened = open_path(mounted->image, limits, mounts - 1);
  if (!opened && !mounted->in_process && opened.error().status() == Status::access_denied) {
    return std::nullopt;  // somebody else's image: what the mount shows may be read all the same
  }
  OpenedImage image = CASEMENT_TRY(std::move(opened));
  image.layers.insert(image.layers.begin(), {"mount", mounted->mount_path});
  return image;
}

Result<OpenedImage> open_directory(const std::string& path, const Limits& limits,
                                   std::uint32_t mounts) {
  auto mounted = CASEMENT_TRY(open_mounted(path, limits, mounts));
  return mounted ? Result<OpenedImage>(*std::move(mounted)) : open_directory_image(path, limits);
}

Result<OpenedImage> open_path(std::string_view path, const Limits& limits, std::uint32_t mounts) {
  CASEMENT_TRY(check_text(path));
  const ImagePath steps = CASEMENT_TRY(parse_image_path(path, [](const std::string& candidate) {
    boost::system::error_code error;
    // A mount whose server is gone is there, too.
    return bfs::exists(candidate, error) || error.value() == ENOTCONN;
  }));
  const std::string& name = steps.host.path;
  boost::system::error_code error;
  bfs::file_status status = bfs::status(name, error);
  if (error.value() == ENOTCONN) {
    status = bfs::file_status(bfs::directory_file);
  }
  if (status.type() == bfs::file_not_found || status.type() == bfs::status_error) {
    return std::unexpected(explain_missing(name, error));
  }
  const auto context = [&] { return fmt::format("image {}", name); };
  OpenedImage image =
      CASEMENT_TRY((status.type() == bfs::directory_file ? open_directory(name, limits, mounts)
                                                         : open_file(name, status, limits))
                       .with_context(context));
  image.path = path;
  image.host_path = name;
  CASEMENT_TRY(select_volume(image, steps.host));
  if (steps.inner.size() >= limits.max_image_depth) {
    return fail(Status::limit_exceeded,
                fmt::format("image {}: {} images in each other: at most {}", path,
                            steps.inner.size() + 1, limits.max_image_depth));
  }
  for (const std::string& inner : steps.inner) {
    CASEMENT_TRY(enter(image, inner, limits));
  }
  return image;
}

}  // namespace

Result<OpenedImage> open_image(std::string_view path, const Limits& limits) {
  return open_path(path, limits, limits.max_image_depth);
}

}  // namespace casement

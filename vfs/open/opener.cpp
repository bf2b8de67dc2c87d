// SPDX-License-Identifier: Apache-2.0
// Opening an image by its host path.
#include "vfs/open/opener.h"

#include <fmt/format.h>

#include <boost/filesystem.hpp>
#include <memory>
#include <string>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"
#include "vfs/open/content_kind.h"
#include "vfs/open/directory_image.h"
#include "vfs/open/disk_stack.h"
#include "vfs/open/image_folder.h"
#include "vfs/open/image_path.h"
#include "vfs/open/volumes.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

namespace bfs = boost::filesystem;

/// What every refusal ends with.
constexpr const char* accepted =
    "expected a disk image (raw, split, VHD, VHDX, QCOW2, VMDK, VDI, E01) or a directory: the root "
    "of a Windows volume, a Windows directory, or a collection with one directory a drive (C, C:, "
    "C%3A, C_drive, [root], $rootfs$, uploads/<accessor>/C%3A)";

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

/// A file that is no disk and no volume.
std::unexpected<Error> refuse_file(const ByteSource& source) {
  auto content = describe_content(source);
  if (!content) {
    return std::unexpected(std::move(content).error());
  }
  return fail(
      Status::unsupported,
      fmt::format("looks like {}, which this version does not open; {}", *content, accepted));
}

/// The files that lie beside `path` on the host.
ImageFolderPtr folder_beside(const std::string& path) {
  const bfs::path parent = bfs::path(path).parent_path();
  return make_host_folder(parent.empty() ? "." : parent.string());
}

/// Adds what a file holds: containers, partitions, file systems.
Result<void> add_file(OpenedImage& image, const ContainerFile& file, const std::string& path,
                      const Limits& limits) {
  image.layers.push_back({"file", fmt::format("{}, {} bytes", path, file.source->size())});
  DiskStack stack = CASEMENT_TRY(open_disk_stack(file, limits));
  const SourcePtr disk = stack.disk;
  if (!CASEMENT_TRY(add_volumes(image, std::move(stack), limits))) {
    return refuse_file(*disk);
  }
  return {};
}

std::string volume_list(const OpenedImage& image) {
  std::string list;
  for (const Volume& volume : image.volumes) {
    list += (list.empty() ? "" : ", ") + volume.name;
  }
  return list.empty() ? "it has no volumes" : "it has " + list;
}

/// Applies "#pN".
Result<void> select_partition(OpenedImage& image, const ImageStep& step) {
  if (!step.partition) {
    return {};
  }
  for (std::size_t i = 0; i < image.volumes.size(); ++i) {
    const auto& partition = image.volumes[i].partition;
    if (partition && partition->number == step.partition->number) {
      image.selected = i;
      return {};
    }
  }
  return fail(Status::not_found, fmt::format("image {}: no partition {}: {}", step.path,
                                             step.partition->number, volume_list(image)));
}

/// The volume that an inner path is looked up on: the selected one, or the only one that can be
/// read.
Result<FileSystemPtr> volume_for_inner_path(const OpenedImage& image, const std::string& inner) {
  std::optional<std::size_t> chosen = image.selected;
  std::size_t readable = 0;
  for (std::size_t i = 0; !image.selected && i < image.volumes.size(); ++i) {
    if (image.volumes[i].file_system) {
      ++readable;
      chosen = i;
    }
  }
  if (readable > 1) {
    return fail(Status::invalid_argument,
                fmt::format("image {}: \"{}\" may be on any of its {} volumes: name one with #pN "
                            "before the '!'; {}",
                            image.path, inner, readable, volume_list(image)));
  }
  if (!chosen || !image.volumes[*chosen].file_system) {
    return fail(Status::unsupported,
                fmt::format("image {}: \"{}\": {}", image.path, inner,
                            chosen ? image.volumes[*chosen].reason : "no volume can be read"));
  }
  return image.volumes[*chosen].file_system;
}

/// Goes into a file of the image that is open: its volumes take the place of the outer ones.
Result<void> enter(OpenedImage& image, const ImageStep& step, const Limits& limits) {
  const FileSystemPtr outer = CASEMENT_TRY(volume_for_inner_path(image, step.path));
  const auto path = from_utf8(step.path);
  if (!path) {
    return fail(Status::invalid_argument, fmt::format("\"{}\" is not UTF-8", step.path));
  }
  WalkOptions options;
  options.limits = limits;
  const auto found = CASEMENT_TRY(find_path(outer, *path, options));
  if (!found) {
    return fail(Status::not_found, fmt::format("image {}: no file \"{}\"", image.path, step.path));
  }
  if (found->kind != NodeKind::file) {
    return fail(Status::unsupported,
                fmt::format("image {}: \"{}\" is no file", image.path, step.path));
  }
  const std::size_t name_at = found->path.find_last_of(u'\\') + 1;
  ContainerFile file;
  file.source = CASEMENT_TRY(found->file_system->open(found->node, found->stream));
  file.name = to_utf8(std::u16string_view(found->path).substr(name_at));
  file.folder = make_inner_folder(found->file_system,
                                  found->path.substr(0, name_at == 0 ? 0 : name_at - 1), limits);
  image.volumes.clear();
  image.selected.reset();
  return add_file(image, file, step.path, limits).with_context([&] {
    return fmt::format("image {}: \"{}\"", image.path, step.path);
  });
}

Result<OpenedImage> open_file(const std::string& path, const bfs::file_status& status,
                              const Limits& limits) {
  if (status.type() != bfs::regular_file && status.type() != bfs::block_file) {
    return fail(Status::unsupported, fmt::format("neither a directory nor a file; {}", accepted));
  }
  OpenedImage image;
  ContainerFile file;
  file.source = CASEMENT_TRY(open_file_source(path));
  file.name = bfs::path(path).filename().string();
  file.folder = folder_beside(path);
  CASEMENT_TRY(add_file(image, file, path, limits));
  return image;
}

}  // namespace

Result<OpenedImage> open_image(std::string_view path, const Limits& limits) {
  CASEMENT_TRY(check_text(path));
  const auto steps = CASEMENT_TRY(parse_image_path(path, [](const std::string& candidate) {
    boost::system::error_code ignored;
    return bfs::exists(candidate, ignored);
  }));
  const std::string& name = steps.front().path;
  boost::system::error_code error;
  const bfs::file_status status = bfs::status(name, error);
  if (status.type() == bfs::file_not_found || status.type() == bfs::status_error) {
    return std::unexpected(explain_missing(name, error));
  }
  const auto context = [&] { return fmt::format("image {}", name); };
  OpenedImage image =
      CASEMENT_TRY((status.type() == bfs::directory_file ? open_directory_image(name, limits)
                                                         : open_file(name, status, limits))
                       .with_context(context));
  image.path = path;
  CASEMENT_TRY(select_partition(image, steps.front()));
  if (steps.size() > limits.max_image_depth) {
    return fail(Status::limit_exceeded, fmt::format("image {}: {} images in each other: at most {}",
                                                    path, steps.size(), limits.max_image_depth));
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    CASEMENT_TRY(enter(image, steps[i], limits));
    CASEMENT_TRY(select_partition(image, steps[i]));
  }
  return image;
}

}  // namespace casement

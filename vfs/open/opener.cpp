// SPDX-License-Identifier: Apache-2.0
// Opening an image by its host path.
#include "vfs/open/opener.h"

#include <fmt/format.h>

#include <boost/filesystem.hpp>
#include <memory>
#include <string>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/host/host_file_system.h"
#include "vfs/open/collection.h"
#include "vfs/open/content_kind.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

namespace bfs = boost::filesystem;

/// What every refusal ends with.
constexpr const char* accepted =
    "expected a directory: the root of a Windows volume, a Windows directory, or a collection with "
    "one directory a drive (C, C:, C%3A, C_drive, [root], $rootfs$, uploads/<accessor>/C%3A)";

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

Result<OpenedImage> refuse_file(const std::string& path, const bfs::file_status& status) {
  if (status.type() != bfs::regular_file && status.type() != bfs::block_file) {
    return fail(Status::unsupported,
                fmt::format("image {}: neither a directory nor a file; {}", path, accepted));
  }
  const SourcePtr source = CASEMENT_TRY(
      open_file_source(path).with_context([&] { return fmt::format("image {}", path); }));
  const std::string content = CASEMENT_TRY(
      describe_content(*source).with_context([&] { return fmt::format("image {}", path); }));
  return fail(Status::unsupported,
              fmt::format("image {}: looks like {}, which this version does not open; {}", path,
                          content, accepted));
}

std::string volume_name(const CollectedDrive& drive) {
  return drive.name.letter ? fmt::format("{}:", static_cast<char>(*drive.name.letter))
                           : drive.where;
}

void add_collection(OpenedImage& image, std::vector<CollectedDrive> drives) {
  std::string list;
  for (CollectedDrive& drive : drives) {
    list += fmt::format("{}{} from {}", list.empty() ? "" : ", ", volume_name(drive), drive.where);
    Volume volume;
    volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
    volume.name = volume_name(drive);
    volume.collected_as = drive.name.letter;
    volume.file_system = std::move(drive.tree);
    volume.reason = std::move(drive.reason);
    image.volumes.push_back(std::move(volume));
  }
  image.layers.push_back({"collection", std::move(list)});
}

Result<OpenedImage> open_directory(const std::string& path, const Limits& limits) {
  HostOptions options;
  options.limits = limits;
  const auto tree = CASEMENT_TRY(HostFileSystem::open(path, options));
  // A directory that cannot be listed is no image; saying so now is better than "no Windows found".
  CASEMENT_TRY(tree->read_dir(tree->root()));
  OpenedImage image;
  image.path = path;
  image.layers.push_back(
      {"directory", tree->path() + (tree->has_ntfs_attributes() ? " (NTFS mount)" : "")});
  auto drives = CASEMENT_TRY(find_collected_drives(*tree, image.diagnostics));
  if (!drives.empty()) {
    add_collection(image, std::move(drives));
    return image;
  }
  Volume volume;
  volume.index = 1;
  volume.name = "directory";
  volume.file_system = tree;
  image.volumes.push_back(std::move(volume));
  return image;
}

}  // namespace

Result<OpenedImage> open_image(std::string_view path, const Limits& limits) {
  CASEMENT_TRY(check_text(path));
  const std::string name(path);
  boost::system::error_code error;
  const bfs::file_status status = bfs::status(name, error);
  if (status.type() == bfs::file_not_found || status.type() == bfs::status_error) {
    return std::unexpected(explain_missing(name, error));
  }
  if (status.type() != bfs::directory_file) {
    return refuse_file(name, status);
  }
  return open_directory(name, limits).with_context([&] { return fmt::format("image {}", name); });
}

}  // namespace casement

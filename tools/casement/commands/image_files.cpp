// SPDX-License-Identifier: Apache-2.0
// From an image and a path to a node.
#include "tools/casement/commands/image_files.h"

#include <fmt/format.h>

#include <utility>

#include "engine/image/node_lookup.h"
#include "engine/session/session.h"
#include "tools/casement/commands/registry_source.h"
#include "tools/casement/commands/volume_choice.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

/// Without an installation only the layout of a collection names drives.
DriveMap collected_drives(const OpenedImage& opened) {
  DriveMap drives;
  for (const Volume& volume : opened.volumes) {
    if (volume.file_system && volume.collected_as) {
      drives.letters.emplace(*volume.collected_as, volume.file_system);
    }
  }
  return drives;
}

/// Windows names the volume of a GPT partition by the partition's own GUID.
void add_partition_names(const OpenedImage& opened, DriveMap& drives) {
  for (const Volume& volume : opened.volumes) {
    if (volume.file_system && volume.identity.partition_id) {
      drives.volumes.emplace(*volume.identity.partition_id, volume.file_system);
    }
  }
}

bool is_on_home(const ParsedPath& path) {
  return std::holds_alternative<path_root::Rooted>(path.root) ||
         std::holds_alternative<path_root::Relative>(path.root);
}

/// A drive letter or a directory that only the registry of a Windows could place.
bool needs_windows(const ParsedPath& path, const DriveMap& drives) {
  if (const auto* drive = std::get_if<path_root::Drive>(&path.root)) {
    return !drives.letters.contains(drive->letter);
  }
  return std::holds_alternative<path_root::SystemRoot>(path.root) ||
         std::holds_alternative<path_root::Variable>(path.root);
}

Result<std::size_t> must_be_readable(const OpenedImage& opened, std::size_t position) {
  const Volume& volume = opened.volumes[position];
  if (!volume.file_system) {
    return fail(Status::unsupported,
                fmt::format("volume {} cannot be read: {}", volume.index, volume.reason));
  }
  return position;
}

FileSystemPtr first_readable(const OpenedImage& opened) {
  for (const Volume& volume : opened.volumes) {
    if (volume.file_system) {
      return volume.file_system;
    }
  }
  return nullptr;
}

}  // namespace

Result<ImageFiles> ImageFiles::open(const ImageOptions& image, const FileOptions& file) {
  const SessionRequest request = CASEMENT_TRY(to_request(image));
  ImageFiles files = CASEMENT_TRY(open_volumes(request));
  CASEMENT_TRY(files.look_for_windows(image, file, request));
  return files;
}

Result<ImageFiles> ImageFiles::open_for_file(const ImageOptions& image, const FileOptions& file) {
  const SessionRequest request = CASEMENT_TRY(to_request(image));
  ImageFiles files = CASEMENT_TRY(open_volumes(request));
  if (image.windows_directory || !files.has_without_windows(file)) {
    CASEMENT_TRY(files.look_for_windows(image, file, request));
  }
  return files;
}

Result<ImageFiles> ImageFiles::open_volumes(const SessionRequest& request) {
  ImageFiles files;
  files.opened_ = CASEMENT_TRY(Session::open_volumes(request));
  files.remember_findings();
  files.drives_ = collected_drives(files.opened_);
  add_partition_names(files.opened_, files.drives_);
  return files;
}

bool ImageFiles::has_without_windows(const FileOptions& file) {
  if (!choose_home(file) || !home_) {
    return false;
  }
  if (file.node) {
    return true;
  }
  const auto found = find(to_units(file.path));
  return found && *found;
}

Result<void> ImageFiles::look_for_windows(const ImageOptions& image, const FileOptions& file,
                                          const SessionRequest& request) {
  Result<SessionPtr> session = Session::complete(opened_, request);
  if (session) {
    image_ = (*session)->image_ptr();
    drives_ = image_->drives();
    opened_ = image_->opened();  // with the virtual disks that it boots from
    remember_findings();
    add_partition_names(opened_, drives_);
  } else if (image.windows_directory) {
    return std::unexpected(std::move(session).error());
  }
  return choose_home(file);
}

Result<void> ImageFiles::choose_home(const FileOptions& file) {
  if (file.volume) {
    const std::size_t chosen = CASEMENT_TRY(choose_volume(opened_, *file.volume));
    home_ = CASEMENT_TRY(must_be_readable(opened_, chosen));
    home_was_chosen_ = true;
    return {};
  }
  if (opened_.selected) {
    home_ = CASEMENT_TRY(must_be_readable(opened_, *opened_.selected));
    return {};
  }
  if (image_) {
    home_ = image_->installation().volume;
    return {};
  }
  std::size_t readable = 0;
  for (std::size_t i = 0; i < opened_.volumes.size(); ++i) {
    if (opened_.volumes[i].file_system) {
      home_ = i;
      ++readable;
    }
  }
  if (readable != 1) {
    home_.reset();
  }
  return {};
}

Result<FileSystemPtr> ImageFiles::home_file_system() const {
  if (home_) {
    return opened_.volumes[*home_].file_system;
  }
  if (opened_.volumes.empty()) {
    return fail(Status::not_found, fmt::format("{}: no volume in it", opened_.path));
  }
  return fail(Status::invalid_argument,
              fmt::format("{}: which volume? Without a Windows in the image --volume N says it; "
                          "there are: {}",
                          opened_.path, list_volumes(opened_)));
}

Result<std::optional<FoundFile>> ImageFiles::find(std::u16string_view path, FollowMode mode) const {
  const ParsedPath parsed = CASEMENT_TRY(parse_path(path));
  if (home_was_chosen_ && !is_on_home(parsed)) {
    return fail(Status::invalid_argument,
                fmt::format("{}: names its volume itself; leave out --volume", to_utf8(path)));
  }
  if (!image_ || home_was_chosen_) {
    return find_on_home(parsed, mode);
  }
  auto located = CASEMENT_TRY(image_->find_file(path, mode));
  if (!located) {
    return std::optional<FoundFile>();
  }
  FoundFile found{.file_system = std::move(located->file_system),
                  .node = located->node,
                  .kind = located->kind,
                  .path = std::move(located->path),
                  .stream = std::move(located->stream),
                  .drive = {}};
  add_drive(found, !is_on_home(parsed));
  return std::optional(std::move(found));
}

Result<std::optional<FoundFile>> ImageFiles::find_on_home(const ParsedPath& path,
                                                          FollowMode mode) const {
  if (needs_windows(path, drives_)) {
    return fail(
        Status::invalid_argument,
        fmt::format("{}: only a Windows could say where that is, and none was found in the image "
                    "('casement info' says why); choose a volume with --volume N and begin PATH "
                    "at its root; there are: {}",
                    to_utf8(format_path(path)), list_volumes(opened_)));
  }
  FileSystemPtr start =
      is_on_home(path) ? CASEMENT_TRY(home_file_system()) : first_readable(opened_);
  if (!start) {
    return std::optional<FoundFile>();
  }
  WalkOptions options;
  options.mode = mode;
  auto resolved = CASEMENT_TRY(PathWalker(std::move(start), drives_).resolve(path, options));
  if (!resolved) {
    return std::optional<FoundFile>();
  }
  FoundFile found{.file_system = std::move(resolved->file_system),
                  .node = resolved->node,
                  .kind = resolved->kind,
                  .path = std::move(resolved->path),
                  .stream = std::move(resolved->stream),
                  .drive = {}};
  add_drive(found, !is_on_home(path));
  return std::optional(std::move(found));
}

/// A link may have led to another volume than the one that the path was on.
void ImageFiles::add_drive(FoundFile& found, bool always) const {
  if (!always && home_ && opened_.volumes[*home_].file_system == found.file_system) {
    return;
  }
  for (const auto& [letter, file_system] : drives_.letters) {
    if (file_system == found.file_system) {
      found.drive = {letter, u':'};
      return;
    }
  }
  for (const auto& [id, file_system] : drives_.volumes) {
    if (file_system == found.file_system) {
      found.drive = u"\\\\?\\Volume{" + to_units(id.to_string()) + u"}";
      return;
    }
  }
}

Result<FoundFile> ImageFiles::find_node(NodeId node, std::u16string_view stream) const {
  FoundFile found{.file_system = CASEMENT_TRY(home_file_system()),
                  .node = node,
                  .kind = NodeKind::file,
                  .path = {},
                  .stream = std::u16string(stream),
                  .drive = {}};
  const auto info = found.file_system->stat(node);
  if (!info && info.error().status() == Status::invalid_argument) {
    // An argument of the file system, but not of the command line: it may have been a node once.
    return fail(Status::not_found, fmt::format("node {}: {}", node.value, info.error().message()));
  }
  found.kind = CASEMENT_TRY(info).kind;
  return found;
}

std::optional<std::size_t> ImageFiles::volume_of(const FileSystem& file_system) const noexcept {
  for (std::size_t i = 0; i < opened_.volumes.size(); ++i) {
    if (opened_.volumes[i].file_system.get() == &file_system) {
      return i;
    }
  }
  return std::nullopt;
}

void ImageFiles::remember_findings() {
  for (std::size_t i = known_.size(); i < opened_.volumes.size(); ++i) {
    const FileSystemPtr& file_system = opened_.volumes[i].file_system;
    known_.push_back(file_system ? file_system->diagnostics() : Diagnostics());
  }
}

NewFindings ImageFiles::new_findings(std::size_t volume) const {
  NewFindings findings;
  if (const FileSystemPtr& file_system = opened_.volumes[volume].file_system) {
    const Diagnostics now = file_system->diagnostics();
    const Diagnostics& known = known_[volume];
    // A file system only ever appends to its list.
    for (std::size_t i = known.items().size(); i < now.items().size(); ++i) {
      if (now.items()[i].severity != Severity::note) {
        findings.items.push_back(now.items()[i]);
      }
    }
    findings.dropped = now.dropped() - known.dropped();
  }
  return findings;
}

std::string ImageFiles::drive_list() const {
  std::string text;
  for (const auto& [letter, file_system] : drives_.letters) {
    text += fmt::format("{}{}:", text.empty() ? "" : ", ", static_cast<char>(letter));
  }
  return text;
}

Result<std::optional<DirEntry>> find_entry(const FoundFile& found) {
  const std::size_t slash = found.path.rfind(u'\\');
  if (slash == std::u16string::npos || found.path == u"\\") {
    return std::optional<DirEntry>();
  }
  const std::u16string_view path = found.path;
  const auto parent = CASEMENT_TRY(
      find_directory_below(*found.file_system, found.file_system->root(), path.substr(0, slash)));
  if (!parent) {
    return std::optional<DirEntry>();
  }
  return found.file_system->lookup(parent->node, path.substr(slash + 1));
}

}  // namespace casement::cli

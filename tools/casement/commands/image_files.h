// SPDX-License-Identifier: Apache-2.0
// The files of an image, with or without a Windows in it: which node a path means.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/image/image.h"
#include "engine/session/session.h"
#include "tools/casement/args.h"
#include "vfs/fs/path_walker.h"

namespace casement::cli {

/// A node that was found.
struct FoundFile {
  FileSystemPtr file_system;
  NodeId node;
  NodeKind kind = NodeKind::file;
  std::u16string path;    // names as stored, from the root of `file_system`; "\" is the root
  std::u16string stream;  // empty: the main one; whether it exists is not checked
  /// What a path needs in front to mean this volume: "D:", or nothing on the one of rooted paths.
  std::u16string drive;

  /// The path with its drive: "D:\Users", "\Windows".
  std::u16string full_path() const { return drive + path; }
};

/// Findings of a file system that were not there when the image was opened.
struct NewFindings {
  std::vector<Diagnostic> items;  // warnings and errors, no notes
  std::size_t dropped = 0;        // beyond what the file system keeps
};

/// One opened image with the volume that rooted paths are on: the one of --volume, else the one
/// that the path of the image selects ("#p3"), else that of the installation, else the only one
/// that can be read. Immutable.
class ImageFiles {
 public:
  /// Opens the image. Without an installation in it, its volumes are still there.
  /// Errors: as Session::open_volumes; as Image::open when --windows-dir was given; of --volume as
  /// choose_volume(); unsupported when that volume, or the one that is selected, cannot be read.
  static Result<ImageFiles> open(const ImageOptions& image, const FileOptions& file);
  /// The same for a command that wants one file and nothing else: Windows is looked for only when
  /// the file is not found without it, by a drive letter for example.
  static Result<ImageFiles> open_for_file(const ImageOptions& image, const FileOptions& file);

  const OpenedImage& opened() const noexcept { return opened_; }
  /// null: the image holds no installation, or none was needed.
  const Image* image() const noexcept { return image_.get(); }
  /// The position of the volume of rooted paths; nullopt: several could be meant, or none can be
  /// read.
  std::optional<std::size_t> home() const noexcept { return home_; }
  /// invalid_argument: there is no such volume; the message says how to choose one.
  Result<FileSystemPtr> home_file_system() const;

  /// `path` as people type it: "\Windows", "C:\Windows", "Windows/System32", "\SystemRoot\x". An
  /// empty one is the root. nullopt: not there.
  /// invalid_argument: malformed, the volume is not clear, or a drive beside --volume. Else as
  /// PathWalker::resolve.
  Result<std::optional<FoundFile>> find(std::u16string_view path,
                                        FollowMode mode = FollowMode::follow) const;

  /// The node with this number on the volume of rooted paths. Its path is not known. not_found:
  /// there is none. Else as home_file_system() and FileSystem::stat.
  Result<FoundFile> find_node(NodeId node, std::u16string_view stream) const;

  /// The position of the volume that has this file system.
  std::optional<std::size_t> volume_of(const FileSystem& file_system) const noexcept;

  /// What the file system of the volume at this position noticed since the image was opened: while
  /// Windows was looked for, and whenever it was read after that.
  NewFindings new_findings(std::size_t volume) const;

  /// "C:, D:": the drives that paths can begin with; empty: none.
  std::string drive_list() const;

 private:
  ImageFiles() = default;
  static Result<ImageFiles> open_volumes(const SessionRequest& request);
  bool has_without_windows(const FileOptions& file);
  Result<void> look_for_windows(const ImageOptions& image, const FileOptions& file,
                                const SessionRequest& request);
  Result<void> choose_home(const FileOptions& file);
  void remember_findings();
  Result<std::optional<FoundFile>> find_on_home(const ParsedPath& path, FollowMode mode) const;
  void add_drive(FoundFile& found, bool always) const;

  OpenedImage opened_;
  ImagePtr image_;
  std::vector<Diagnostics> known_;  // of each volume, as it was opened
  DriveMap drives_;
  std::optional<std::size_t> home_;
  bool home_was_chosen_ = false;  // by --volume
};

/// The entry of a node in its directory, for its 8.3 name. nullopt: the root, or a node whose path
/// is not known.
Result<std::optional<DirEntry>> find_entry(const FoundFile& found);

}  // namespace casement::cli

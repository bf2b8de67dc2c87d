// SPDX-License-Identifier: Apache-2.0
// The mounts of this process: directories that stand for an image without any file system on them.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/mount/host_facts.h"
#include "vfs/mount/mounted_image.h"

namespace casement {

/// What is mounted, for list_mounted_images() and everything that opens an image by a directory.
///
/// An entry says that a directory of the host stands for an image from now on: nothing appears in
/// the directory itself, and other processes do not see it. That is what DismMountImage with the
/// read-only flag needs no rights and no FUSE for. An entry lives as long as the process, or until
/// it is removed; sessions that were opened through it stay open.
///
/// Directories may be given in any spelling; the table keeps their canonical paths. All calls may
/// be made from many threads.
///
/// Two states beside MountState::ok, found out anew at each question:
///  - needs_remount: the image file is gone, or it is another one than at add() or remount() (by
///    device, inode, size, and the times of modification and change). remount() takes the file as
///    it is then.
///  - invalid: the directory is gone. Only remove() and cleanup() are left to do.
class MountTable {
 public:
  /// The one of this process: that list_mounted_images() and find_mounted_image() ask.
  static MountTable& of_process();

  MountTable() = default;
  MountTable(const MountTable&) = delete;
  MountTable& operator=(const MountTable&) = delete;

  /// Makes `directory` stand for image `index` of the file `image_path`; `selector` ("#2", or
  /// empty) is what open_image() takes behind the path, which is made absolute. Whether it can be
  /// opened is not checked. Gives the canonical directory. not_found, not_a_directory,
  /// access_denied, ...: the directory or the image file. invalid_argument: the directory is not
  /// empty, or a text is. already_exists: something is mounted there, by this table or by `casement
  /// mount`.
  Result<std::string> add(const std::string& directory, const std::string& image_path,
                          const std::string& selector, std::uint32_t index);

  /// not_found: nothing of this table is mounted there.
  Result<void> remove(const std::string& directory);

  /// Takes the image file as it is now: the state is ok afterwards. Nothing happens to one that is
  /// ok. not_found: no such entry. path_not_found: the directory is gone. Else as add() for the
  /// image file; the entry then stays as it was.
  Result<void> remount(const std::string& directory);

  /// Removes the entries that are invalid; gives their directories. Those that need a remount stay.
  std::vector<std::string> cleanup();

  /// In the order of add().
  std::vector<MountedImage> list() const;
  std::optional<MountedImage> find(const std::string& directory) const;

 private:
  struct Entry {
    MountedImage mount;
    FileFacts facts;
  };
  std::vector<Entry> entries() const;
  std::optional<Entry> entry_of(const std::string& canonical) const;

  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace casement

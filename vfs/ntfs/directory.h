// SPDX-License-Identifier: Apache-2.0
// One directory: finding a name by its index, reading all names.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vfs/fs/file_system.h"
#include "vfs/ntfs/directory_listing.h"
#include "vfs/ntfs/index.h"
#include "vfs/ntfs/names.h"
#include "vfs/ntfs/parent_map.h"
#include "vfs/ntfs/record_check.h"

namespace casement::ntfs {

/// Thread-safe. Its index root is kept; blocks of the index are read for each question. Where the
/// index is damaged, what a lookup recovered of it is kept for the next one.
class Directory : public std::enable_shared_from_this<Directory> {
 public:
  /// not_found: no such node. not_a_directory. A directory whose index or, for the root, whose
  /// whole record cannot be used is opened all the same: its names come from `parents`.
  static Result<std::shared_ptr<const Directory>> open(const NtfsVolumePtr& volume,
                                                       ParentMapPtr parents,
                                                       FileReference reference);

  /// By long or 8.3 name, without regard to case unless the directory is case-sensitive; an exact
  /// match wins. Names of files that are gone are passed over (finding "index-entry-stale").
  Result<std::optional<DirEntry>> lookup(std::u16string_view name) const;

  /// Snapshot of the names now; entries are checked as they are given.
  Result<std::unique_ptr<DirReader>> read() const;

 private:
  class Reader;
  Directory(DirectoryIndex index, ParentMapPtr parents, bool case_sensitive);

  Result<std::vector<ListedName>> find_in_tree(std::u16string_view name) const;
  Result<std::vector<ListedName>> find_in_listing(std::u16string_view name) const;
  Result<std::shared_ptr<const DirectoryListing>> recovered_listing() const;
  std::optional<DirEntry> choose(std::u16string_view name,
                                 const std::vector<ListedName>& found) const;
  std::optional<DirEntry> examine(const ListedName& candidate) const;
  void report_stale(const ListedName& name) const;

  DirectoryIndex index_;
  ParentMapPtr parents_;
  bool case_sensitive_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const DirectoryListing> recovered_;  // of a damaged directory
};

using DirectoryPtr = std::shared_ptr<const Directory>;

/// The directories that were used last. Thread-safe.
class DirectoryCache {
 public:
  DirectoryCache(NtfsVolumePtr volume, ParentMapPtr parents);

  /// Errors: as Directory::open().
  Result<DirectoryPtr> get(FileReference reference) const;

 private:
  using Recent = std::list<std::pair<std::uint64_t, DirectoryPtr>>;

  NtfsVolumePtr volume_;
  ParentMapPtr parents_;
  mutable std::mutex mutex_;
  mutable Recent recent_;  // the front was used last
  mutable std::unordered_map<std::uint64_t, Recent::iterator> found_;
};

}  // namespace casement::ntfs

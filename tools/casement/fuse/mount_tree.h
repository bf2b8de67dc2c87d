// SPDX-License-Identifier: Apache-2.0
// The tree that a mount shows, apart from how the kernel asks for it.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/casement/fuse/directory_list.h"
#include "tools/casement/fuse/extended_attributes.h"
#include "tools/casement/fuse/inode_table.h"
#include "tools/casement/fuse/symlink_target.h"

namespace casement::cli {

struct TreeOptions {
  /// Names must be as stored. Otherwise an exact match wins, then any in another case, then 8.3
  /// names.
  bool case_sensitive = false;
  /// "file:stream" names the stream, as on Windows.
  bool windows_streams = false;
  std::uint32_t owner = 0;  // uid and gid that everything has
  std::uint32_t group = 0;
};

/// A node that was looked up: counted, and to be released again.
struct EnteredNode {
  InodeNumber number = 0;
  struct stat facts = {};
};

/// Space as statfs(2) wants it.
struct TreeSize {
  std::uint32_t block_size = 4096;
  std::uint64_t blocks = 0;
};

/// Volumes as one tree of directories (0555), files (0444) and symlinks. Statuses of all functions
/// are those of FileSystem; not_found: the number is none that was given out, or was released.
/// Thread-safe.
class MountTree {
 public:
  /// `findings` is told of damaged entries and of names that cannot be shown.
  MountTree(MountLayout layout, const TreeOptions& options, FindingSink findings);

  /// The node of a name; nullopt: there is none. not_a_directory: `directory` is none.
  Result<std::optional<EnteredNode>> lookup(InodeNumber directory, std::string_view file_name);
  /// The same for an entry of `directory` that was listed.
  Result<EnteredNode> enter(InodeNumber directory, const ListedEntry& listed);
  /// Takes back `count` results of lookup() and enter().
  void release(InodeNumber number, std::uint64_t count) { inodes_.release(number, count); }

  Result<struct stat> facts(InodeNumber number) const;
  Result<std::string> symlink(InodeNumber number) const;
  /// access_denied: encrypted, since nobody has the key.
  Result<SourcePtr> open(InodeNumber number) const;
  Result<std::unique_ptr<DirectoryList>> list(InodeNumber directory) const;

  Result<std::optional<std::vector<std::byte>>> attribute(InodeNumber number,
                                                          std::string_view name) const;
  Result<std::vector<std::string>> attributes(InodeNumber number) const;

  TreeSize size() const;

  /// What stat(2) calls the node of an entry: for listings that look nothing up.
  std::uint64_t shown_number(InodeNumber directory, const DirEntry& entry) const;

  /// Tells what the file systems noticed since the tree was made, beside what went wrong at once.
  void tell_new_findings() const;

  const FindingSink& findings() const noexcept { return findings_; }
  std::size_t known_inodes() const { return inodes_.size(); }

 private:
  bool is_top(InodeNumber number) const noexcept {
    return layout_.one_directory_each && number == root_inode;
  }
  const FileSystem& file_system(const Inode& inode) const {
    return *layout_.volumes[inode.volume].file_system;
  }
  Result<Inode> inode_of(InodeNumber number) const;
  Result<Inode> directory_of(InodeNumber number) const;
  std::optional<Inode> volume_named(std::string_view file_name) const;
  Result<std::optional<DirEntry>> find_entry(const Inode& directory,
                                             const std::u16string& name) const;
  Result<std::optional<Inode>> find_stream(InodeNumber number, const Inode& directory,
                                           const std::u16string& name) const;
  Result<Inode> child(InodeNumber number, const Inode& directory, const DirEntry& entry) const;
  Result<EnteredNode> enter_inode(const Inode& inode);
  Result<struct stat> facts_of(const Inode& inode) const;
  Result<AttributedNode> attributed(InodeNumber number) const;

  MountLayout layout_;
  TreeOptions options_;
  FindingSink findings_;
  std::vector<std::size_t> known_findings_;  // of each volume, when the tree was made
  InodeTable inodes_;
};

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// From the members of an archive, in their order, to a tree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "vfs/archive/archive_options.h"
#include "vfs/archive/archive_tree.h"
#include "vfs/archive/entry_path.h"
#include "vfs/core/result.h"
#include "vfs/core/unique_findings.h"

namespace casement {

/// Directories that paths imply are made. Of two members with one path the later wins
/// ("archive-duplicate-name"); a directory that comes again keeps what is in it. Names that differ
/// in case only are two names.
class TreeBuilder {
 public:
  /// Both must outlive the builder. The numbers given to the functions are places for findings.
  TreeBuilder(const ArchiveOptions& options, UniqueFindings& findings);

  /// limit_exceeded: more entries or longer names than the options allow; nothing was added.
  Result<void> add(const EntryPath& path, ArchiveNode node, std::uint64_t place);
  /// A symlink whose text is known.
  Result<void> add_symlink(const EntryPath& path, ArchiveNode node, std::string target,
                           std::uint64_t place);
  /// Another name for `target`, which may come later ("archive-link-target-missing").
  Result<void> add_link(const EntryPath& path, const EntryPath& target, std::uint64_t place);

  ArchiveTree finish() &&;

 private:
  struct Key {
    std::uint32_t parent = 0;
    std::u16string_view name;
  };
  struct Hash {
    using is_transparent = void;
    const TreeBuilder* builder;
    std::size_t operator()(const Key& key) const noexcept;
    std::size_t operator()(std::uint32_t index) const noexcept;
  };
  struct Equal {
    using is_transparent = void;
    const TreeBuilder* builder;
    bool operator()(std::uint32_t a, std::uint32_t b) const noexcept { return a == b; }
    bool operator()(const Key& key, std::uint32_t index) const noexcept;
    bool operator()(std::uint32_t index, const Key& key) const noexcept;
  };
  struct Link {
    EntryPath path;
    EntryPath target;
    std::uint64_t place = 0;
    std::optional<std::uint32_t> before;  // the node that had its name when it came
  };

  Key key_of(std::uint32_t index) const noexcept;
  std::optional<std::uint32_t> find(const Key& key) const;
  std::optional<std::uint32_t> find_name(const EntryPath& path) const;
  std::optional<std::uint32_t> find_node(const EntryPath& path) const;
  Result<std::uint32_t> ensure_parent(const EntryPath& path, std::uint64_t place);
  Result<void> put(const EntryPath& path, std::uint32_t node, std::uint64_t place);
  Result<void> check_room(std::size_t name_units) const;
  void report_duplicate(const ArchiveName& name, std::uint64_t place);
  void report_missing(const Link& link);
  void drop_unreachable();

  const ArchiveOptions& options_;
  UniqueFindings& findings_;
  ArchiveTree tree_;
  std::unordered_set<std::uint32_t, Hash, Equal> index_;  // names
  std::vector<Link> links_;                               // whose target has not come yet
  std::uint64_t name_bytes_ = 0;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The files and directories of an archive, found by name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vfs/fs/file_system.h"

namespace casement {

/// A file or directory; hard links are several names of one node.
struct ArchiveNode {
  NodeInfo info;
  std::optional<std::uint32_t> member;  // of the archive's list; nullopt: no content
};

/// One name in a directory.
struct ArchiveName {
  std::u16string name;
  std::uint32_t parent = 0;  // nodes
  std::uint32_t node = 0;
};

/// Immutable; node 0 is the root. Made by TreeBuilder.
class ArchiveTree {
 public:
  struct Match {
    const ArchiveName* name = nullptr;  // null: not there
    std::size_t rivals = 0;             // other names that differ in case only, when that decided
  };

  /// nullptr: no such node.
  const ArchiveNode* node(NodeId id) const noexcept;
  /// Indexes for name(), in the order of the archive.
  std::span<const std::uint32_t> children(std::uint32_t directory) const noexcept;
  const ArchiveName& name(std::uint32_t index) const noexcept { return names_[index]; }
  /// An exact match, else the lowest of those that differ in case only.
  Match find(std::uint32_t directory, std::u16string_view name) const;
  /// The stored text of a symlink; nullptr: the archive's list has it as the node's content.
  const std::string* target(std::uint32_t node) const noexcept;
  /// "\Windows\System32", by the first of its names.
  std::u16string path_of(std::uint32_t node) const;

 private:
  friend class TreeBuilder;

  std::vector<ArchiveNode> nodes_;
  std::vector<ArchiveName> names_;
  std::vector<std::uint32_t> first_child_;  // by node, one more than nodes: places in the next two
  std::vector<std::uint32_t> in_order_;     // names by directory, as in the archive
  std::vector<std::uint32_t> by_name_;      // names by directory, in folded order
  /// By node: the first of its names. The root, and nodes that were replaced, have none.
  std::vector<std::optional<std::uint32_t>> name_of_;
  std::unordered_map<std::uint32_t, std::string> targets_;
};

}  // namespace casement

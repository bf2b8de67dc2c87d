// SPDX-License-Identifier: Apache-2.0
// A file system in memory as `casement mount` shows it.
#pragma once

#include <boost/test/unit_test.hpp>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/memory_file_system.h"
#include "tools/casement/fuse/mount_tree.h"

namespace casement::test {

using cli::DirectoryList;
using cli::EnteredNode;
using cli::InodeNumber;
using cli::ListedEntry;
using cli::MountLayout;
using cli::MountTree;
using cli::root_inode;
using cli::TreeOptions;

inline std::string text_of(const std::vector<std::byte>& bytes) {
  std::string text;
  for (const std::byte byte : bytes) {
    text += static_cast<char>(byte);
  }
  return text;
}

/// A file system in memory, and a tree that shows it.
struct MountedTree {
  std::shared_ptr<MemoryFileSystem> files = std::make_shared<MemoryFileSystem>();
  TreeOptions options;
  std::vector<std::string> findings;
  std::unique_ptr<MountTree> shown;

  MountTree& tree() {
    if (!shown) {
      MountLayout layout;
      layout.volumes.push_back(
          {.name = "", .file_system = files, .letters = {u'C'}, .ids = {}, .alone = false});
      shown = std::make_unique<MountTree>(
          std::move(layout), options,
          [this](const std::string& finding) { findings.push_back(finding); });
    }
    return *shown;
  }

  /// By steps from the root; nullopt: one of them is not there.
  std::optional<EnteredNode> find(std::initializer_list<const char*> steps) {
    EnteredNode node;
    node.number = root_inode;
    for (const char* step : steps) {
      const auto next = must(tree().lookup(node.number, step));
      if (!next) {
        return std::nullopt;
      }
      node = *next;
    }
    return node;
  }
  InodeNumber number(std::initializer_list<const char*> steps) { return find(steps)->number; }

  std::string attribute(InodeNumber node, const char* name) {
    const auto value = must(tree().attribute(node, name));
    BOOST_REQUIRE(value.has_value());
    return text_of(*value);
  }

  static std::vector<std::string> names(DirectoryList& list) {
    std::vector<std::string> names;
    for (std::size_t i = 0; const ListedEntry* entry = list.at(i); ++i) {
      names.push_back(entry->file_name);
    }
    return names;
  }
};

}  // namespace casement::test

// SPDX-License-Identifier: Apache-2.0
// Node ids of a directory tree: a number for each (parent, host name) that was met.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement {

/// Ids stay valid for the table's life and always mean the same path. Thread-safe.
class NodeTable {
 public:
  NodeTable();

  NodeId root() const noexcept { return {0}; }

  /// The id of `name` in `parent`, given out now if it is new. Precondition: `parent` is of this
  /// table.
  NodeId intern(NodeId parent, std::string_view name);

  /// "Windows/System32/config"; empty for the root. invalid_argument: an id of another table.
  Result<std::string> relative_path(NodeId node) const;

 private:
  struct Key {
    std::uint64_t parent;
    std::string name;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };

  mutable std::shared_mutex mutex_;
  std::unordered_map<Key, std::uint64_t, KeyHash> ids_;
  std::deque<const Key*> keys_;  // by id - 1; point into ids_, whose nodes never move
};

}  // namespace casement

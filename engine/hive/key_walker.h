// SPDX-License-Identifier: Apache-2.0
// Every key below a key, depth first.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/hive/key.h"

namespace casement {

/// Iterative pre-order walk: a key comes before its subkeys, siblings in stored order. Refuses keys
/// that are listed below themselves; bounded by Limits::max_key_depth and by the number of key
/// nodes that the hive has room for. One thread.
class KeyWalker {
 public:
  struct Visit {
    Key key;
    std::uint32_t depth;  // 0: the key that the walk began at
  };

  /// Deeper keys than `max_depth` are not visited.
  explicit KeyWalker(const Key& top, std::uint32_t max_depth = 0xFFFF'FFFF);

  /// The next key, or nullopt at the end. After an Error the caller may call again: what is damaged
  /// is left out and the walk goes on.
  Result<std::optional<Visit>> next();

  /// Depth of the key below which the last error lay.
  std::uint32_t error_depth() const noexcept { return error_depth_; }

 private:
  bool is_ancestor(const Key& key) const noexcept;
  /// Ends the walk.
  Result<std::optional<Visit>> give_up();

  std::optional<Key> top_;
  std::uint32_t max_depth_;
  std::uint64_t budget_;          // keys that may still be visited
  std::uint64_t error_budget_;    // errors that may still be told
  std::optional<Error> pending_;  // about the key that was delivered last
  std::uint32_t error_depth_ = 0;
  struct Level {
    std::uint32_t key;  // cell offset
    SubkeyReader subkeys;
  };
  std::vector<Level> levels_;
};

}  // namespace casement

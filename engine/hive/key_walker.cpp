// SPDX-License-Identifier: Apache-2.0
// The walk's stack and budgets.
#include "engine/hive/key_walker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/hive/hive.h"
#include "engine/hive/hive_image.h"
#include "engine/hive/hive_layout.h"

namespace casement {

KeyWalker::KeyWalker(const Key& top, std::uint32_t max_depth)
    : top_(top),
      max_depth_(max_depth),
      // Each key node is visited once in a sound hive, so lists that name nodes again and again
      // (2 names a level make 2^512 visits) run out here.
      budget_(top.hive().image().bins_size() / sizeof(hive_layout::KeyNode) + 1),
      error_budget_(budget_ + 1000) {}

bool KeyWalker::is_ancestor(const Key& key) const noexcept {
  return std::ranges::any_of(levels_,
                             [&key](const Level& level) { return level.key == key.offset(); });
}

Result<std::optional<KeyWalker::Visit>> KeyWalker::give_up() {
  levels_.clear();
  error_depth_ = 0;
  return fail(Status::corrupt, "subkey lists name more keys than the hive has room for");
}

Result<std::optional<KeyWalker::Visit>> KeyWalker::next() {
  if (top_) {
    const Key key = *std::exchange(top_, std::nullopt);
    if (max_depth_ > 0) {
      levels_.push_back({key.offset(), key.subkeys()});
    }
    return std::optional<Visit>(Visit{key, 0});
  }
  if (pending_) {
    return std::unexpected(*std::exchange(pending_, std::nullopt));
  }
  while (!levels_.empty()) {
    const auto depth = static_cast<std::uint32_t>(levels_.size());
    Result<std::optional<Key>> child = levels_.back().subkeys.next();
    if (!child) {
      if (error_budget_ == 0) {
        return give_up();
      }
      --error_budget_;
      error_depth_ = depth - 1;
      return std::unexpected(std::move(child).error());
    }
    if (!*child) {
      levels_.pop_back();
      continue;
    }
    const Key key = **child;
    if (budget_ == 0) {
      return give_up();
    }
    --budget_;
    if (is_ancestor(key)) {
      error_depth_ = depth - 1;
      return fail(Status::corrupt, fmt::format("key node at 0x{:x}: listed below itself",
                                               HiveImage::file_offset(key.offset())));
    }
    if (depth < max_depth_ && key.subkey_count() != 0) {
      if (depth >= key.hive().limits().max_key_depth) {
        error_depth_ = depth - 1;
        pending_ = Error(Status::limit_exceeded,
                         fmt::format("key node at 0x{:x}: subkeys nested deeper than {} levels",
                                     HiveImage::file_offset(key.offset()), depth));
      } else {
        levels_.push_back({key.offset(), key.subkeys()});
      }
    }
    return std::optional<Visit>(Visit{key, depth});
  }
  return std::nullopt;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Interning the nodes of a directory tree.
#include "vfs/host/node_table.h"

#include <fmt/format.h>

#include <functional>
#include <mutex>
#include <vector>

namespace casement {

std::size_t NodeTable::KeyHash::operator()(const Key& key) const noexcept {
  // A large odd multiplier spreads consecutive parents over the table.
  constexpr std::uint64_t spread = 0x9E37'79B9'7F4A'7C15ULL;
  return std::hash<std::string>()(key.name) ^ static_cast<std::size_t>(key.parent * spread);
}

NodeTable::NodeTable() = default;

NodeId NodeTable::intern(NodeId parent, std::string_view name) {
  Key key{parent.value, std::string(name)};
  {
    const std::shared_lock lock(mutex_);
    const auto known = ids_.find(key);
    if (known != ids_.end()) {
      return {known->second};
    }
  }
  const std::unique_lock lock(mutex_);
  const auto known = ids_.find(key);
  if (known != ids_.end()) {
    return {known->second};
  }
  // The place first: if memory ends in between, no number is given out twice.
  keys_.push_back(nullptr);
  const auto entry = ids_.try_emplace(std::move(key), keys_.size()).first;
  keys_.back() = &entry->first;
  return {entry->second};
}

Result<std::string> NodeTable::relative_path(NodeId node) const {
  const std::shared_lock lock(mutex_);
  std::vector<const std::string*> names;
  std::size_t length = 0;
  while (node.value != 0) {
    if (node.value > keys_.size() || keys_[node.value - 1] == nullptr) {
      return fail(Status::invalid_argument, fmt::format("no node {} in this tree", node.value));
    }
    const Key* key = keys_[node.value - 1];
    names.push_back(&key->name);
    length += key->name.size() + 1;
    node = {key->parent};
  }
  std::string path;
  path.reserve(length);
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    if (!path.empty()) {
      path += '/';
    }
    path += **name;
  }
  return path;
}

}  // namespace casement

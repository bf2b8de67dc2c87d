// SPDX-License-Identifier: Apache-2.0
// Counting inodes in and out.
#include "tools/casement/fuse/inode_table.h"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace casement::cli {

InodeTable::InodeTable(Inode root) {
  numbers_.emplace(key_of(root), root_inode);
  // The kernel never looks the root up, and never forgets it.
  inodes_.emplace(root_inode, Counted{.inode = std::move(root), .references = 1});
}

InodeTable::Key InodeTable::key_of(const Inode& inode) {
  return {.volume = inode.volume,
          .node = inode.node.value,
          .parent = inode.kind == InodeKind::link ? inode.parent : 0,
          .stream = inode.stream};
}

std::size_t InodeTable::KeyHash::operator()(const Key& key) const noexcept {
  constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;  // 2^64 divided by the golden ratio
  std::uint64_t hash = (key.node + key.volume) * odd;
  hash = (hash ^ (hash >> 32) ^ key.parent) * odd;
  return static_cast<std::size_t>(hash ^ (hash >> 29)) ^ std::hash<std::u16string>()(key.stream);
}

std::optional<Inode> InodeTable::find(InodeNumber number) const {
  const std::scoped_lock lock(mutex_);
  const auto found = inodes_.find(number);
  return found == inodes_.end() ? std::nullopt : std::optional(found->second.inode);
}

Result<InodeNumber> InodeTable::acquire(const Inode& inode) {
  Key key = key_of(inode);
  const std::scoped_lock lock(mutex_);
  const auto known = numbers_.find(key);
  if (known == numbers_.end()) {
    const InodeNumber number = next_++;
    inodes_.emplace(number, Counted{.inode = inode, .references = 1});
    numbers_.emplace(std::move(key), number);
    return number;
  }
  const InodeNumber number = known->second;
  Counted& counted = inodes_.at(number);
  const bool same_place = number != root_inode && counted.inode.parent == inode.parent;
  if (inode.kind == InodeKind::directory && !same_place) {
    return fail(Status::corrupt,
                fmt::format("directory {} is in two places of the tree", inode.node.value));
  }
  ++counted.references;
  return number;
}

void InodeTable::release(InodeNumber number, std::uint64_t count) {
  const std::scoped_lock lock(mutex_);
  const auto found = inodes_.find(number);
  if (found == inodes_.end() || number == root_inode) {
    return;
  }
  Counted& counted = found->second;
  if (count < counted.references) {
    counted.references -= count;
    return;
  }
  numbers_.erase(key_of(counted.inode));
  inodes_.erase(found);
}

std::size_t InodeTable::size() const {
  const std::scoped_lock lock(mutex_);
  return inodes_.size();
}

}  // namespace casement::cli

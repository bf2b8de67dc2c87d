// SPDX-License-Identifier: Apache-2.0
// Keeping directory indexes.
#include "vfs/host/dir_cache.h"

#include <utility>

namespace casement {
namespace {

bool same_time(const std::timespec& a, const std::timespec& b) noexcept {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

bool same_stamp(const DirStamp& a, const DirStamp& b) noexcept {
  return a.device == b.device && a.inode == b.inode && same_time(a.modified, b.modified) &&
         same_time(a.changed, b.changed);
}

std::shared_ptr<const DirIndex> DirCache::find(NodeId directory, const DirStamp& stamp) const {
  const std::scoped_lock lock(mutex_);
  const auto entry = entries_.find(directory.value);
  if (entry == entries_.end() || !same_stamp(entry->second.stamp, stamp)) {
    return nullptr;
  }
  return entry->second.index;
}

void DirCache::keep(NodeId directory, const DirStamp& stamp, std::time_t now,
                    std::shared_ptr<const DirIndex> index) {
  const std::time_t age = now - stamp.modified.tv_sec;
  if (age < settle_seconds && age > -settle_seconds) {
    return;
  }
  const std::scoped_lock lock(mutex_);
  const std::size_t cost = index->names().size() + 1;
  if (names_ + cost > max_names) {
    entries_.clear();
    names_ = 0;
  }
  if (cost > max_names) {
    return;
  }
  Entry& entry = entries_[directory.value];
  if (entry.index != nullptr) {
    names_ -= entry.index->names().size() + 1;
  }
  names_ += cost;
  entry = {stamp, std::move(index)};
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What is kept, and what has to go.
#include "vfs/archive/content_cache.h"

#include <iterator>
#include <utility>

namespace casement {

SourcePtr ContentCache::find(std::uint32_t member) {
  const std::scoped_lock lock(mutex_);
  const auto found = found_.find(member);
  if (found == found_.end()) {
    return nullptr;
  }
  recent_.splice(recent_.begin(), recent_, found->second);
  return found->second->unpacked.source;
}

void ContentCache::put(std::uint32_t member, Unpacked unpacked) {
  const std::scoped_lock lock(mutex_);
  if (found_.contains(member)) {
    return;  // another thread unpacked it as well
  }
  unpacked.in_memory += entry_cost;
  in_memory_ += unpacked.in_memory;
  spilled_ += unpacked.spilled;
  recent_.push_front({member, std::move(unpacked)});
  found_.emplace(member, recent_.begin());
  drop_old();
}

bool ContentCache::has_room(std::uint64_t bytes) const {
  const std::scoped_lock lock(mutex_);
  return in_range(max_memory_, in_memory_, entry_cost) &&
         bytes <= max_memory_ - in_memory_ - entry_cost;
}

/// Drops from the end what costs of a budget that is overdrawn; the newest entry always stays.
void ContentCache::drop_old() {
  auto entry = std::prev(recent_.end());
  while (entry != recent_.begin() && (in_memory_ > max_memory_ || spilled_ > max_spilled_)) {
    const auto before = std::prev(entry);
    const bool helps = (in_memory_ > max_memory_ && entry->unpacked.in_memory != 0) ||
                       (spilled_ > max_spilled_ && entry->unpacked.spilled != 0);
    if (helps) {
      in_memory_ -= entry->unpacked.in_memory;
      spilled_ -= entry->unpacked.spilled;
      found_.erase(entry->member);
      recent_.erase(entry);
    }
    entry = before;
  }
}

}  // namespace casement

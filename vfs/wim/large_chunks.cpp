// SPDX-License-Identifier: Apache-2.0
// A list short enough to be searched from its front.
#include "vfs/wim/large_chunks.h"

#include <algorithm>
#include <utility>

namespace casement::wim {

LargeChunks::SlotPtr LargeChunks::slot_of(const BlockCache::Key& key, std::uint64_t size) {
  const std::scoped_lock lock(mutex_);
  const auto known = std::ranges::find_if(
      recent_, [&](const SlotPtr& slot) { return slot->key == key && slot->size == size; });
  if (known != recent_.end()) {
    recent_.splice(recent_.begin(), recent_, known);
    return recent_.front();
  }
  auto slot = std::make_shared<Slot>();
  slot->key = key;
  slot->size = size;
  recent_.push_front(slot);
  bytes_ += size;
  while (recent_.size() > 1 &&
         bytes_ > (recent_.size() == 2 ? std::max(max_bytes_, max_pair_bytes) : max_bytes_)) {
    bytes_ -= recent_.back()->size;
    recent_.pop_back();
  }
  return slot;
}

Result<BlockPtr> LargeChunks::get(const BlockCache::Key& key, std::uint64_t size,
                                  const std::function<Result<std::vector<std::byte>>()>& make) {
  const SlotPtr slot = slot_of(key, size);
  const std::scoped_lock decoder(slot->mutex);
  if (!slot->block) {
    const ByteBudget::Share share = decoding_.take(size);
    slot->block = std::make_shared<const std::vector<std::byte>>(CASEMENT_TRY(make()));
  }
  return slot->block;
}

}  // namespace casement::wim

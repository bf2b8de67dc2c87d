// SPDX-License-Identifier: Apache-2.0
// One lock a shard; blocks are made outside of it.
#include "vfs/source/block_cache.h"

namespace casement {

BlockCache::BlockCache(std::uint64_t max_bytes) : max_shard_bytes_(max_bytes / shard_count) {}

std::size_t BlockCache::KeyHash::operator()(const Key& key) const noexcept {
  // Fibonacci hashing of both halves: neighbours go to different shards.
  constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;
  const std::uint64_t mixed = (key.owner * golden) ^ ((key.index + golden) * golden);
  return static_cast<std::size_t>(mixed ^ (mixed >> 29));
}

Result<BlockPtr> BlockCache::get(const Key& key,
                                 const std::function<Result<std::vector<std::byte>>()>& make) {
  Shard& shard = shards_[KeyHash{}(key) % shard_count];
  {
    const std::lock_guard lock(shard.mutex);
    if (const auto known = shard.found.find(key); known != shard.found.end()) {
      shard.recent.splice(shard.recent.begin(), shard.recent, known->second);
      return known->second->second;
    }
  }
  BlockPtr block = std::make_shared<const std::vector<std::byte>>(CASEMENT_TRY(make()));
  const std::lock_guard lock(shard.mutex);
  if (const auto known = shard.found.find(key); known != shard.found.end()) {
    return known->second->second;  // another thread was faster
  }
  shard.recent.emplace_front(key, block);
  shard.found.emplace(key, shard.recent.begin());
  shard.bytes += block->size();
  while (shard.bytes > max_shard_bytes_ && shard.recent.size() > 1) {
    shard.bytes -= shard.recent.back().second->size();
    shard.found.erase(shard.recent.back().first);
    shard.recent.pop_back();
  }
  return block;
}

std::uint64_t BlockCache::held() const {
  std::uint64_t bytes = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    bytes += shard.bytes;
  }
  return bytes;
}

}  // namespace casement

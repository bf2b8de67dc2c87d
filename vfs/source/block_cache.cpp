// SPDX-License-Identifier: Apache-2.0
// One lock a shard; blocks are made outside of it.
#include "vfs/source/block_cache.h"

namespace casement {

BlockCache::BlockCache(std::uint64_t max_bytes)
    : max_bytes_(max_bytes), max_shard_bytes_(max_bytes / shard_count) {}

std::size_t BlockCache::KeyHash::operator()(const Key& key) const noexcept {
  // Fibonacci hashing of both halves: neighbours go to different shards.
  constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;
  const std::uint64_t mixed = (key.owner * golden) ^ ((key.index + golden) * golden);
  return static_cast<std::size_t>(mixed ^ (mixed >> 29));
}

/// nullptr: not there.
BlockPtr BlockCache::find(Shard& shard, const Key& key) {
  const std::lock_guard lock(shard.mutex);
  const auto known = shard.found.find(key);
  if (known == shard.found.end()) {
    return nullptr;
  }
  shard.recent.splice(shard.recent.begin(), shard.recent, known->second);
  return known->second->second;
}

/// Keeps a block and drops old ones; gives the block of another thread that was faster.
BlockPtr BlockCache::put(Shard& shard, const Key& key, const BlockPtr& block,
                         std::uint64_t max_bytes) {
  const std::lock_guard lock(shard.mutex);
  if (const auto known = shard.found.find(key); known != shard.found.end()) {
    return known->second->second;
  }
  shard.recent.emplace_front(key, block);
  shard.found.emplace(key, shard.recent.begin());
  shard.bytes += block->size();
  while (shard.bytes > max_bytes && shard.recent.size() > 1) {
    shard.bytes -= shard.recent.back().second->size();
    shard.found.erase(shard.recent.back().first);
    shard.recent.pop_back();
  }
  return block;
}

Result<BlockPtr> BlockCache::get(const Key& key,
                                 const std::function<Result<std::vector<std::byte>>()>& make) {
  Shard& shard = shards_[KeyHash{}(key) % shard_count];
  if (BlockPtr known = find(shard, key)) {
    return known;
  }
  if (has_large_) {
    if (BlockPtr known = find(large_, key)) {
      return known;
    }
  }
  const BlockPtr block = std::make_shared<const std::vector<std::byte>>(CASEMENT_TRY(make()));
  if (block->size() <= max_shard_bytes_) {
    return put(shard, key, block, max_shard_bytes_);
  }
  has_large_ = true;
  return put(large_, key, block, max_bytes_);
}

std::uint64_t BlockCache::held() const {
  std::uint64_t bytes = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    bytes += shard.bytes;
  }
  const std::lock_guard lock(large_.mutex);
  return bytes + large_.bytes;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Decoded blocks that are worth keeping: decompressed clusters, chunks and grains.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vfs/core/result.h"

namespace casement {

using BlockPtr = std::shared_ptr<const std::vector<std::byte>>;

/// Least-recently-used blocks under a byte budget, keyed by (owner, index): one cache serves all
/// files of a file system. Thread-safe. A block that is in use stays alive when it is dropped.
class BlockCache {
 public:
  /// The budget is divided among a few shards; blocks larger than a shard's part share a second
  /// budget of the same size. So no more than twice the budget is held, unless one block alone is
  /// larger than the budget: the last such block is kept, for it costs most to make again.
  explicit BlockCache(std::uint64_t max_bytes);

  struct Key {
    std::uint64_t owner = 0;  // file record, extent number
    std::uint64_t index = 0;  // chunk, cluster, compression unit
    friend bool operator==(const Key&, const Key&) = default;
  };

  /// The block, made by `make` when it is not there. Two threads may make the same block at the
  /// same time; one of the results is kept. An error is not remembered.
  Result<BlockPtr> get(const Key& key, const std::function<Result<std::vector<std::byte>>()>& make);

  /// Bytes held now.
  std::uint64_t held() const;

 private:
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  struct Shard {
    mutable std::mutex mutex;
    std::list<std::pair<Key, BlockPtr>> recent;  // the front was used last
    std::unordered_map<Key, std::list<std::pair<Key, BlockPtr>>::iterator, KeyHash> found;
    std::uint64_t bytes = 0;
  };
  static constexpr std::size_t shard_count = 8;

  static BlockPtr find(Shard& shard, const Key& key);
  static BlockPtr put(Shard& shard, const Key& key, const BlockPtr& block, std::uint64_t max_bytes);

  std::uint64_t max_bytes_;
  std::uint64_t max_shard_bytes_;
  std::array<Shard, shard_count> shards_;
  Shard large_;  // blocks that no shard has room for
  std::atomic<bool> has_large_ = false;
};

using BlockCachePtr = std::shared_ptr<BlockCache>;

}  // namespace casement

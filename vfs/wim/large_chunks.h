// SPDX-License-Identifier: Apache-2.0
// Decoded chunks that are too large for a cache of many.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/result.h"
#include "vfs/source/block_cache.h"
#include "vfs/wim/byte_budget.h"

namespace casement::wim {

/// The chunks that were used last: two of them while both take no more than 256 MiB, else one, or
/// more than two when they fit the budget. A chunk that
/// several threads want at the same time is decoded by one of them; and no more than 256 MiB are
/// being decoded at the same time, whatever the number of threads (a single chunk may be larger).
/// Thread-safe.
class LargeChunks {
 public:
  explicit LargeChunks(std::uint64_t max_bytes)
      : max_bytes_(max_bytes), decoding_(max_decoding_bytes) {}

  /// The chunk, made by `make` when it is not there. `size`: its plain bytes. An error is not
  /// remembered.
  Result<BlockPtr> get(const BlockCache::Key& key, std::uint64_t size,
                       const std::function<Result<std::vector<std::byte>>()>& make);

 private:
  /// Four of the chunks that ESD files have.
  static constexpr std::uint64_t max_decoding_bytes = std::uint64_t{256} << 20;
  /// A blob across a border between chunks is read from both of them.
  static constexpr std::uint64_t max_pair_bytes = std::uint64_t{256} << 20;

  struct Slot {
    BlockCache::Key key;
    std::uint64_t size = 0;
    std::mutex mutex;  // held by who decodes
    BlockPtr block;
  };
  using SlotPtr = std::shared_ptr<Slot>;

  SlotPtr slot_of(const BlockCache::Key& key, std::uint64_t size);

  std::uint64_t max_bytes_;
  ByteBudget decoding_;
  std::mutex mutex_;
  std::list<SlotPtr> recent_;  // the front was used last
  std::uint64_t bytes_ = 0;    // of all in `recent_`, when decoded
};

}  // namespace casement::wim

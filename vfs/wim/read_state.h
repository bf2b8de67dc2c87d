// SPDX-License-Identifier: Apache-2.0
// What all resources of one opened WIM share: caches, codecs, counters.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "vfs/codec/wim_codec.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/source/block_cache.h"
#include "vfs/wim/large_chunks.h"
#include "vfs/wim/wim_file.h"

namespace casement::wim {

using CodecPtr = std::shared_ptr<const WimCodec>;

/// Codecs by compression and chunk size, each made once: they keep their decompressors.
/// Thread-safe.
class Codecs {
 public:
  /// nullptr: nothing is compressed. unsupported: a chunk size that the compression does not have.
  Result<CodecPtr> get(Compression compression, std::uint32_t chunk_size);

 private:
  struct Known {
    Compression compression = Compression::none;
    std::uint32_t chunk_size = 0;
    CodecPtr codec;
  };
  std::mutex mutex_;
  std::vector<Known> known_;  // a few: sizes are powers of two
};

/// Thread-safe.
struct ReadState {
  explicit ReadState(const Limits& limits)
      : cache(limits.max_cache_size), large_chunks(limits.max_cache_size) {}

  BlockCache cache;          // chunks up to 1 MiB, and windows of chunk tables
  LargeChunks large_chunks;  // chunks above that
  Codecs codecs;
  std::atomic<std::uint64_t> decoded_metadata = 0;
  std::atomic<std::uint64_t> decoded_blobs = 0;
};

using ReadStatePtr = std::shared_ptr<ReadState>;

}  // namespace casement::wim

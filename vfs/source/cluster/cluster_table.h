// SPDX-License-Identifier: Apache-2.0
// The table that links clusters into chains: the FAT of FAT12, FAT16, FAT32 and exFAT.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "vfs/core/error.h"
#include "vfs/source/cluster/piece_cache.h"
#include "vfs/source/cluster/record_cursor.h"

namespace casement {

/// Where a table lies and what its entries mean. 0 marks a free cluster in all of them.
struct ClusterTableLayout {
  std::uint64_t offset = 0;         // of entry 0 on the volume, in bytes
  std::uint32_t entry_bits = 32;    // 12, 16 or 32
  std::uint32_t mask = 0;           // the bits of an entry that count
  std::uint32_t bad = 0;            // marks a cluster that cannot be used
  std::uint32_t first_end = 0;      // this and larger values end a chain
  std::uint32_t cluster_count = 0;  // clusters are 2 to cluster_count + 1
};

enum class LinkKind : std::uint8_t { next, end, free, bad, invalid };

struct ClusterLink {
  LinkKind kind = LinkKind::invalid;
  std::uint32_t value = 0;  // as stored, masked
};

struct ClusterRun {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  friend bool operator==(const ClusterRun&, const ClusterRun&) = default;
};

struct ClusterChain {
  std::vector<ClusterRun> runs;  // neighbours joined
  std::uint64_t clusters = 0;    // of all runs
  bool ended = false;            // its end mark follows the last cluster
  /// Why the chain stops before its end mark: a link to nowhere, a loop, a table that cannot be
  /// read.
  std::optional<Error> broken;

  void append(std::uint32_t cluster);
  /// Keeps the first `count` clusters.
  void truncate(std::uint64_t count);
};

using ClusterChainPtr = std::shared_ptr<const ClusterChain>;

/// Thread-safe.
class ClusterTable {
 public:
  ClusterTable(PieceCachePtr pieces, const ClusterTableLayout& layout, std::uint32_t max_runs);

  const ClusterTableLayout& layout() const noexcept { return layout_; }
  bool has(std::uint32_t cluster) const noexcept {
    return cluster >= 2 && cluster - 2 < layout_.cluster_count;
  }

  /// The entry of a cluster, or of the two entries before the first cluster. truncated, io_failed.
  Result<ClusterLink> link(std::uint32_t cluster) const;
  /// The same for many: neighbouring entries come out of one piece.
  Result<ClusterLink> link(PieceReader& reader, std::uint32_t cluster) const;
  PieceReader reader() const { return PieceReader(pieces_); }

  /// The chain from `first` on, at most `max_clusters` of it; never a cluster twice. Latest chains
  /// are kept. Not null.
  ClusterChainPtr chain(std::uint32_t first, std::uint64_t max_clusters) const;

  /// What a deleted chain may have been: `first` and the free clusters behind it, where nothing was
  /// left of the links. broken: too few are free.
  ClusterChain free_chain(std::uint32_t first, std::uint64_t clusters) const;

 private:
  struct Known {
    std::uint32_t first = 0;
    std::uint64_t max_clusters = 0;
    ClusterChainPtr chain;
  };
  ClusterChain follow(std::uint32_t first, std::uint64_t max_clusters) const;
  Error broken_link(std::uint32_t cluster, const ClusterLink& link, std::uint64_t clusters) const;
  /// Cuts a chain that loops with `period` clusters before its first repetition.
  void cut_loop(ClusterChain& chain, std::uint32_t first, std::uint64_t period) const;

  PieceCachePtr pieces_;
  ClusterTableLayout layout_;
  std::uint32_t max_runs_;
  mutable std::mutex mutex_;
  mutable std::vector<Known> known_;  // the last was used last
};

/// The bytes of a chain whose cluster 2 is at `heap_offset`.
std::vector<ByteRun> byte_runs(const ClusterChain& chain, std::uint64_t heap_offset,
                               std::uint32_t cluster_size);

}  // namespace casement

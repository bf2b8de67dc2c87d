// SPDX-License-Identifier: Apache-2.0
// Following links with a guard against loops.
#include "vfs/source/cluster/cluster_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace casement {
namespace {

/// Directories on the way to a file are followed again and again, at most some dozens.
constexpr std::size_t max_known_chains = 64;
/// Longer chains are not worth their memory.
constexpr std::size_t max_known_runs = 8192;
/// A deleted file is not searched for behind this many clusters of others.
constexpr std::uint64_t max_skipped_clusters = 65'536;

}  // namespace

void ClusterChain::append(std::uint32_t cluster) {
  if (!runs.empty() && runs.back().first + std::uint64_t{runs.back().count} == cluster) {
    ++runs.back().count;
  } else {
    runs.push_back({cluster, 1});
  }
  ++clusters;
}

void ClusterChain::truncate(std::uint64_t count) {
  while (clusters > count) {
    const auto surplus =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(clusters - count, runs.back().count));
    runs.back().count -= surplus;
    clusters -= surplus;
    if (runs.back().count == 0) {
      runs.pop_back();
    }
  }
}

ClusterTable::ClusterTable(PieceCachePtr pieces, const ClusterTableLayout& layout,
                           std::uint32_t max_runs)
    : pieces_(std::move(pieces)), layout_(layout), max_runs_(max_runs) {}

Result<ClusterLink> ClusterTable::link(std::uint32_t cluster) const {
  PieceReader own = reader();
  return link(own, cluster);
}

Result<ClusterLink> ClusterTable::link(PieceReader& reader, std::uint32_t cluster) const {
  const std::uint64_t bit = std::uint64_t{cluster} * layout_.entry_bits;
  const std::uint64_t offset = layout_.offset + bit / 8;
  const std::size_t width = layout_.entry_bits == 32 ? 4 : 2;
  const Bytes raw = CASEMENT_TRY(reader.bytes(offset, width).with_context([&] {
    return fmt::format("FAT entry of cluster {} at 0x{:x}", cluster, offset);
  }));
  std::uint32_t value = width == 4 ? get_le<std::uint32_t>(raw, 0) : get_le<std::uint16_t>(raw, 0);
  value = (value >> (bit % 8)) & layout_.mask;  // 12-bit entries of odd clusters begin at bit 4
  if (value >= layout_.first_end) {
    return ClusterLink{LinkKind::end, value};
  }
  if (has(value)) {
    return ClusterLink{LinkKind::next, value};
  }
  if (value == layout_.bad) {
    return ClusterLink{LinkKind::bad, value};
  }
  return ClusterLink{value == 0 ? LinkKind::free : LinkKind::invalid, value};
}

Error ClusterTable::broken_link(std::uint32_t cluster, const ClusterLink& link,
                                std::uint64_t clusters) const {
  const char* const meaning = link.kind == LinkKind::free  ? "marks it free"
                              : link.kind == LinkKind::bad ? "marks it bad"
                                                           : "leads nowhere";
  return {Status::corrupt,
          fmt::format(
              "cluster {}, number {} of its chain: its FAT entry at 0x{:x} is 0x{:x}, which "
              "{}; expected 2 to {} or an end mark",
              cluster, clusters, layout_.offset + std::uint64_t{cluster} * layout_.entry_bits / 8,
              link.value, meaning, std::uint64_t{layout_.cluster_count} + 1)};
}

void ClusterTable::cut_loop(ClusterChain& chain, std::uint32_t first, std::uint64_t period) const {
  PieceReader behind_reader = reader();
  PieceReader ahead_reader = reader();
  std::uint32_t behind = first;
  std::uint32_t ahead = first;
  const auto advance = [this](PieceReader& from, std::uint32_t& cluster) {
    const auto next = link(from, cluster);
    const bool good = next && next->kind == LinkKind::next;
    if (good) {
      cluster = next->value;
    }
    return good;
  };
  for (std::uint64_t i = 0; i < period && advance(ahead_reader, ahead); ++i) {
  }
  std::uint64_t lead = 0;  // clusters before the loop
  while (behind != ahead && lead < chain.clusters && advance(behind_reader, behind) &&
         advance(ahead_reader, ahead)) {
    ++lead;
  }
  chain.truncate(lead + period);
  chain.broken =
      Error(Status::corrupt,
            fmt::format("the chain of cluster {} leads back to cluster {} after {} clusters", first,
                        ahead, lead + period));
}

ClusterChain ClusterTable::follow(std::uint32_t first, std::uint64_t max_clusters) const {
  ClusterChain chain;
  if (!has(first)) {
    chain.broken =
        Error(Status::corrupt, fmt::format("the chain starts at cluster {}; clusters are 2 to {}",
                                           first, std::uint64_t{layout_.cluster_count} + 1));
    return chain;
  }
  // Brent's algorithm: `anchor` is moved to the cluster in hand at every power of two; a loop leads
  // back to it. Behind max_clusters we go on without keeping anything, just so far that a loop
  // within the kept part is noticed.
  PieceReader from = reader();
  std::uint32_t cluster = first;
  std::uint32_t anchor = first;
  std::uint64_t power = 1;
  std::uint64_t distance = 0;
  for (std::uint64_t steps = 0; steps <= 3 * max_clusters + 1; ++steps) {
    if (chain.clusters < max_clusters) {
      chain.append(cluster);
      if (chain.runs.size() > max_runs_) {
        chain.broken =
            Error(Status::limit_exceeded,
                  fmt::format("the chain of cluster {} has more than {} runs", first, max_runs_));
        return chain;
      }
    }
    auto next = link(from, cluster);
    const bool kept = steps < max_clusters;
    if (!next) {
      if (kept) {
        chain.broken = std::move(next).error();
      }
      return chain;
    }
    if (next->kind != LinkKind::next) {
      chain.ended = next->kind == LinkKind::end && steps + 1 == chain.clusters;
      if (kept && next->kind != LinkKind::end) {
        chain.broken = broken_link(cluster, *next, chain.clusters);
      }
      return chain;
    }
    cluster = next->value;
    ++distance;
    if (cluster == anchor) {
      cut_loop(chain, first, distance);
      return chain;
    }
    if (distance == power) {
      anchor = cluster;
      power *= 2;
      distance = 0;
    }
  }
  return chain;
}

ClusterChainPtr ClusterTable::chain(std::uint32_t first, std::uint64_t max_clusters) const {
  // No chain has more clusters than there are, whatever a file's size claims.
  max_clusters = std::min<std::uint64_t>(max_clusters, layout_.cluster_count);
  {
    const std::scoped_lock lock(mutex_);
    const auto found = std::ranges::find_if(known_, [&](const Known& known) {
      return known.first == first && known.max_clusters == max_clusters;
    });
    if (found != known_.end()) {
      std::rotate(found, found + 1, known_.end());
      return known_.back().chain;
    }
  }
  auto chain = std::make_shared<const ClusterChain>(follow(first, max_clusters));
  if (chain->runs.size() <= max_known_runs) {
    const std::scoped_lock lock(mutex_);
    if (known_.size() == max_known_chains) {
      known_.erase(known_.begin());
    }
    known_.push_back({first, max_clusters, chain});
  }
  return chain;
}

ClusterChain ClusterTable::free_chain(std::uint32_t first, std::uint64_t clusters) const {
  ClusterChain chain;
  PieceReader from = reader();
  std::uint64_t skipped = 0;
  for (std::uint32_t cluster = first; has(cluster) && chain.clusters < clusters; ++cluster) {
    auto entry = link(from, cluster);
    if (!entry) {
      chain.broken = std::move(entry).error();
      return chain;
    }
    if (entry->kind == LinkKind::free) {
      chain.append(cluster);
    } else if (cluster == first || ++skipped > max_skipped_clusters) {
      break;  // the first cluster belongs to somebody else now: nothing of it can be known
    }
  }
  chain.ended = chain.clusters == clusters;
  if (!chain.ended) {
    chain.broken =
        Error(Status::corrupt,
              fmt::format("deleted: only {} of its {} clusters from cluster {} on are still free",
                          chain.clusters, clusters, first));
  }
  return chain;
}

std::vector<ByteRun> byte_runs(const ClusterChain& chain, std::uint64_t heap_offset,
                               std::uint32_t cluster_size) {
  std::vector<ByteRun> runs;
  runs.reserve(chain.runs.size());
  for (const ClusterRun& run : chain.runs) {
    runs.push_back({heap_offset + std::uint64_t{run.first - 2} * cluster_size,
                    std::uint64_t{run.count} * cluster_size});
  }
  return runs;
}

}  // namespace casement

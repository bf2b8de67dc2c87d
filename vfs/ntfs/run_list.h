// SPDX-License-Identifier: Apache-2.0
// Where the clusters of a stream lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "vfs/core/bytes.h"
#include "vfs/core/limits.h"
#include "vfs/ntfs/boot_sector.h"

namespace casement::ntfs {

/// `length` clusters of a stream from `vcn`, on the volume from `lcn`.
struct Run {
  std::uint64_t vcn = 0;
  std::uint64_t lcn = 0;     // meaningless when sparse
  std::uint64_t length = 0;  // clusters, not 0
  bool sparse = false;       // a hole: zeros

  friend bool operator==(const Run&, const Run&) = default;
};

/// What a run may reach.
struct RunBounds {
  std::uint64_t cluster_count = 0;  // LCNs end here
  std::uint64_t max_vcn = 0;        // VCNs end here: more would not fit 63 bits of bytes
  std::uint64_t max_runs = 0;       // of one stream
};

/// Bounds of the runs of any stream of a volume.
RunBounds run_bounds(const NtfsGeometry& geometry, const Limits& limits) noexcept;

/// The runs of one stream, sorted, none overlapping. Clusters between them are not mapped: the
/// extent that maps them is missing.
class RunList {
 public:
  /// Adds the packed runs of one extent, which maps [lowest_vcn, lowest_vcn + cluster_count).
  /// Neighbours on the volume are joined. corrupt: a run of no length, outside of the volume or of
  /// the extent, packed bytes that end early, an extent that overlaps earlier ones, lengths that do
  /// not sum up; limit_exceeded: more than bounds.max_runs. The runs before the damage are kept.
  Result<void> append(Bytes packed, std::uint64_t lowest_vcn, std::uint64_t cluster_count,
                      const RunBounds& bounds);

  std::span<const Run> runs() const noexcept { return runs_; }
  bool empty() const noexcept { return runs_.empty(); }

  /// One past the last mapped cluster.
  std::uint64_t end_vcn() const noexcept;

  /// Index of the first run that ends after `vcn`; runs().size() when there is none. The run may
  /// begin after `vcn` too: then `vcn` is not mapped.
  std::size_t find(std::uint64_t vcn) const noexcept;

  /// Clusters that are no holes.
  std::uint64_t allocated_clusters() const noexcept;

 private:
  Result<void> add(const Run& run, const RunBounds& bounds);

  std::vector<Run> runs_;
};

}  // namespace casement::ntfs

// SPDX-License-Identifier: Apache-2.0
// Each partition is compared with the one before it on the disk: enough to find every table in
// which some overlap, in one pass.
#include "vfs/volume/partition_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace casement {
namespace {

void check_overlaps(PartitionTable& table) {
  std::vector<const Partition*> by_offset;
  for (const Partition& partition : table.partitions) {
    by_offset.push_back(&partition);
  }
  std::sort(by_offset.begin(), by_offset.end(), [](const Partition* a, const Partition* b) {
    return std::pair(a->offset, a->number) < std::pair(b->offset, b->number);
  });
  const Partition* farthest = nullptr;  // of those before, the one that ends last
  for (const Partition* partition : by_offset) {
    // Ends were checked to fit 64 bits when the partitions were added.
    if (farthest != nullptr && partition->offset < farthest->offset + farthest->size) {
      table.diagnostics.add(
          Severity::warning, "partition-overlap",
          fmt::format("partition {} begins at {:#x}, inside partition {} ({:#x} bytes at {:#x})",
                      partition->number, partition->offset, farthest->number, farthest->size,
                      farthest->offset));
    }
    if (farthest == nullptr ||
        partition->offset + partition->size > farthest->offset + farthest->size) {
      farthest = partition;
    }
  }
}

void check_ids(PartitionTable& table) {
  std::map<Guid, std::uint32_t> seen;
  for (const Partition& partition : table.partitions) {
    if (!partition.id) {
      continue;
    }
    const auto [first, added] = seen.emplace(*partition.id, partition.number);
    if (!added) {
      table.diagnostics.add(
          Severity::warning, "duplicate-partition-id",
          fmt::format("partitions {} and {} have the same identifier {}", first->second,
                      partition.number, partition.id->to_string()));
    }
  }
}

}  // namespace

void check_partitions(PartitionTable& table) {
  check_overlaps(table);
  check_ids(table);
}

}  // namespace casement

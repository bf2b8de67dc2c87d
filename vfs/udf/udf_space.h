// SPDX-License-Identifier: Apache-2.0
// The partitions of a volume: what a block address means.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/unique_findings.h"
#include "vfs/udf/udf_descriptors.h"

namespace casement {

/// A block of a partition; `partition` counts the maps of the logical volume.
struct UdfPlace {
  std::uint16_t partition = 0;
  std::uint32_t block = 0;
  friend bool operator==(const UdfPlace&, const UdfPlace&) = default;
};

/// Unique on a volume, below 2^48.
constexpr std::uint64_t to_number(UdfPlace place) noexcept {
  return (std::uint64_t{place.partition} << 32) | place.block;
}

/// "block 7 of partition 1": for messages.
std::string to_string(UdfPlace place);

enum class UdfPartitionKind : std::uint8_t { physical, sparable, virtual_table, metadata };

/// One partition map as bytes. Where the image ends too early, reading gives truncated.
struct UdfPartition {
  UdfPartitionKind kind = UdfPartitionKind::physical;
  std::uint16_t number = 0;  // of its partition descriptor
  SourcePtr bytes;
  /// Of metadata: the same bytes once more, elsewhere on the volume; null when there are none.
  SourcePtr mirror;
};

/// Thread-safe.
class UdfSpace {
 public:
  UdfSpace(SourcePtr volume, std::uint32_t block_size)
      : volume_(std::move(volume)), block_size_(block_size) {}

  const SourcePtr& volume() const noexcept { return volume_; }
  std::uint32_t block_size() const noexcept { return block_size_; }
  const std::vector<UdfPartition>& partitions() const noexcept { return partitions_; }
  void add(UdfPartition partition) { partitions_.push_back(std::move(partition)); }

  /// corrupt: no such partition.
  Result<const UdfPartition*> partition(std::uint16_t reference) const;
  /// One block. corrupt: it is not within its partition.
  Result<std::vector<std::byte>> read_block(UdfPlace place) const;
  /// The same out of the mirror; nullopt when the partition has none.
  Result<std::optional<std::vector<std::byte>>> read_mirror(UdfPlace place) const;

 private:
  Result<std::vector<std::byte>> read(const ByteSource& bytes, UdfPlace place) const;

  SourcePtr volume_;
  std::uint32_t block_size_;
  std::vector<UdfPartition> partitions_;
};

/// Every partition map. unsupported: a map of a kind that is not known, which is named. corrupt: a
/// map that contradicts itself; a metadata file or virtual allocation table that cannot be read.
Result<UdfSpace> open_udf_space(const SourcePtr& volume, std::uint32_t sector_size,
                                const UdfDescriptors& descriptors, const Limits& limits,
                                UniqueFindings& findings);

}  // namespace casement

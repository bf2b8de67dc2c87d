// SPDX-License-Identifier: Apache-2.0
// Blocks out of partitions.
#include "vfs/udf/udf_space.h"

#include <fmt/format.h>

#include <utility>

namespace casement {

std::string to_string(UdfPlace place) {
  return fmt::format("block {} of partition {}", place.block, place.partition);
}

Result<const UdfPartition*> UdfSpace::partition(std::uint16_t reference) const {
  if (reference >= partitions_.size()) {
    return fail(Status::corrupt, fmt::format("partition {} of {}", reference, partitions_.size()));
  }
  return &partitions_[reference];
}

Result<std::vector<std::byte>> UdfSpace::read(const ByteSource& bytes, UdfPlace place) const {
  const std::uint64_t offset = std::uint64_t{place.block} * block_size_;
  if (!in_range(bytes.size(), offset, block_size_)) {
    return fail(Status::corrupt, fmt::format("{}, which has {} blocks", to_string(place),
                                             bytes.size() / block_size_));
  }
  std::vector<std::byte> block(block_size_);
  CASEMENT_TRY(bytes.read(offset, block));
  return block;
}

Result<std::vector<std::byte>> UdfSpace::read_block(UdfPlace place) const {
  const UdfPartition* const found = CASEMENT_TRY(partition(place.partition));
  return read(*found->bytes, place);
}

Result<std::optional<std::vector<std::byte>>> UdfSpace::read_mirror(UdfPlace place) const {
  const UdfPartition* const found = CASEMENT_TRY(partition(place.partition));
  if (!found->mirror) {
    return std::optional<std::vector<std::byte>>();
  }
  return std::optional(CASEMENT_TRY(read(*found->mirror, place)));
}

}  // namespace casement

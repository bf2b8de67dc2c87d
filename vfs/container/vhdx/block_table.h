// SPDX-License-Identifier: Apache-2.0
// The block allocation table of a VHDX, which mixes entries of blocks and of sector bitmaps.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "vfs/container/vhdx/metadata.h"
#include "vfs/core/limits.h"

namespace casement {

/// "Payload BAT Entry States". 4 and 5 are reserved.
enum class VhdxBlockState : std::uint8_t {
  not_present = 0,  // the parent's, or zeros
  undefined = 1,    // zeros
  zero = 2,
  unmapped = 3,  // zeros
  present = 6,
  partially_present = 7  // a bitmap says which sectors are here and which are the parent's
};

/// One entry. The offset is not checked against the file's size: a read is.
struct VhdxBlock {
  VhdxBlockState state = VhdxBlockState::not_present;
  std::uint64_t offset = 0;  // bytes, a multiple of 1 MiB
};

class VhdxBlockTable {
 public:
  /// Reads all entries that the disk needs. corrupt: the region is too small for them. truncated:
  /// it is not within the file. limit_exceeded: more than Limits::max_table_size bytes.
  static Result<VhdxBlockTable> read(const ByteSource& source, const VhdxRegion& region,
                                     const VhdxMetadata& metadata, const Limits& limits);

  std::uint64_t block_count() const noexcept { return block_count_; }
  /// log2 of the blocks that one sector bitmap describes.
  std::uint32_t chunk_shift() const noexcept { return chunk_shift_; }

  /// Precondition: index < block_count().
  VhdxBlock block(std::uint64_t index) const noexcept {
    return parse(entries_[index + (index >> chunk_shift_)]);
  }

  /// The sector bitmap that describes block `index`. Precondition: index < block_count(), and the
  /// disk has a parent.
  VhdxBlock bitmap_of(std::uint64_t index) const noexcept {
    const std::uint64_t chunk = index >> chunk_shift_;
    return parse(entries_[(chunk << chunk_shift_) + chunk + (std::uint64_t{1} << chunk_shift_)]);
  }

  /// How many blocks have each state.
  std::array<std::uint64_t, 8> count_states() const noexcept;

 private:
  VhdxBlockTable(std::vector<le64> entries, std::uint64_t block_count, std::uint32_t chunk_shift)
      : entries_(std::move(entries)), block_count_(block_count), chunk_shift_(chunk_shift) {}

  static VhdxBlock parse(const le64& entry) noexcept;

  std::vector<le64> entries_;
  std::uint64_t block_count_;
  std::uint32_t chunk_shift_;
};

}  // namespace casement

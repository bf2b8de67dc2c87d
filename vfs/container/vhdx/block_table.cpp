// SPDX-License-Identifier: Apache-2.0
// Table geometry ([MS-VHDX] "BAT"), and reading it once, whole.
#include "vfs/container/vhdx/block_table.h"

#include <fmt/format.h>

#include <bit>
#include <span>
#include <utility>

#include "vfs/container/vhdx/vhdx_layout.h"

namespace casement {
namespace {

/// One sector bitmap is 1 MiB: bits of 2^23 sectors.
constexpr std::uint32_t bitmap_sectors_shift = 23;

}  // namespace

Result<VhdxBlockTable> VhdxBlockTable::read(const ByteSource& source, const VhdxRegion& region,
                                            const VhdxMetadata& metadata, const Limits& limits) {
  const auto sector_shift =
      static_cast<std::uint32_t>(std::countr_zero(metadata.logical_sector_size));
  // At least 2^23 * 512 / 2^28 = 16 blocks.
  const std::uint32_t chunk_shift = bitmap_sectors_shift + sector_shift - metadata.block_shift;
  const std::uint64_t blocks = ((metadata.disk_size - 1) >> metadata.block_shift) + 1;
  const std::uint64_t chunks = ((blocks - 1) >> chunk_shift) + 1;
  const std::uint64_t entries =
      metadata.has_parent ? (chunks << chunk_shift) + chunks : blocks + chunks - 1;
  const std::uint64_t size = entries * sizeof(le64);
  if (size > region.length) {
    return fail(Status::corrupt,
                fmt::format("block table at 0x{:x}: {} bytes, but {} blocks need {}", region.offset,
                            region.length, blocks, size));
  }
  if (size > limits.max_table_size) {
    return fail(Status::limit_exceeded,
                fmt::format("block table at 0x{:x}: {} bytes, at most {} are read", region.offset,
                            size, limits.max_table_size));
  }
  if (!in_range(source.size(), region.offset, size)) {
    return fail(Status::truncated,
                fmt::format("block table at 0x{:x}: {} bytes, but the file ends at 0x{:x}",
                            region.offset, size, source.size()));
  }
  std::vector<le64> table(entries);
  CASEMENT_TRY(source.read(region.offset, std::as_writable_bytes(std::span(table))));
  return VhdxBlockTable(std::move(table), blocks, chunk_shift);
}

VhdxBlock VhdxBlockTable::parse(const le64& entry) noexcept {
  const std::uint64_t value = entry.value();
  return {static_cast<VhdxBlockState>(value & vhdx_layout::entry_state_mask),
          value & vhdx_layout::entry_offset_mask};
}

std::array<std::uint64_t, 8> VhdxBlockTable::count_states() const noexcept {
  std::array<std::uint64_t, 8> counts{};
  for (std::uint64_t i = 0; i < block_count_; ++i) {
    ++counts[std::to_underlying(block(i).state)];
  }
  return counts;
}

}  // namespace casement

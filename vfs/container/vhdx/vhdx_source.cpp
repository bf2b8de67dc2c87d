// SPDX-License-Identifier: Apache-2.0
// From disk offsets to file offsets, one block at a time.
#include "vfs/container/vhdx/vhdx_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>
#include <vector>

#include "vfs/container/sector_bitmap.h"
#include "vfs/container/vhdx/vhdx_layout.h"
#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

class VhdxSource final : public ByteSource {
 public:
  explicit VhdxSource(VhdxDisk disk)
      : disk_(std::move(disk)),
        block_shift_(disk_.metadata.block_shift),
        sector_shift_(
            static_cast<std::uint32_t>(std::countr_zero(disk_.metadata.logical_sector_size))) {}

  std::uint64_t size() const noexcept override { return disk_.metadata.disk_size; }
  std::string describe() const override { return disk_.file->describe(); }

 private:
  std::uint64_t block_size() const noexcept { return std::uint64_t{1} << block_shift_; }

  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    while (!out.empty()) {
      const std::uint64_t block = offset >> block_shift_;
      const std::uint64_t within = offset & (block_size() - 1);
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), block_size() - within));
      CASEMENT_TRY(read_block(block, within, out.first(count)).with_context([&] {
        return fmt::format("{}: block {}", describe(), block);
      }));
      out = out.subspan(count);
      offset += count;
    }
    return {};
  }

  Result<void> read_block(std::uint64_t index, std::uint64_t within, MutableBytes out) const {
    const VhdxBlock block = disk_.table.block(index);
    switch (block.state) {
      case VhdxBlockState::present:
        return read_file(block.offset, within, out);
      case VhdxBlockState::partially_present:
        return read_sectors(index, block.offset, within, out);
      case VhdxBlockState::not_present:
        if (disk_.parent) {
          return read_or_zero(*disk_.parent, (index << block_shift_) + within, out);
        }
        [[fallthrough]];
      case VhdxBlockState::undefined:
      case VhdxBlockState::zero:
      case VhdxBlockState::unmapped:
        zero_fill(out);
        return {};
    }
    return fail(Status::corrupt, fmt::format("its entry has the reserved state {}",
                                             std::to_underlying(block.state)));
  }

  /// Bytes of a block that lies at `place`.
  Result<void> read_file(std::uint64_t place, std::uint64_t within, MutableBytes out) const {
    // The header section is in the first MiB: no block can be there.
    if (place < vhdx_layout::mib) [[unlikely]] {
      return fail(Status::corrupt, fmt::format("its entry has the offset 0x{:x}", place));
    }
    if (!in_range(disk_.file->size(), place, within + out.size())) [[unlikely]] {
      return fail(Status::truncated,
                  fmt::format("0x{:x} bytes of it at 0x{:x} are needed, but the file ends at "
                              "0x{:x}",
                              within + out.size(), place, disk_.file->size()));
    }
    return disk_.file->read(place + within, out);
  }

  /// Splits a read of a partially present block between file and parent.
  Result<void> read_sectors(std::uint64_t index, std::uint64_t place, std::uint64_t within,
                            MutableBytes out) const {
    if (!disk_.parent) {
      return fail(Status::corrupt, "it is partially present, but the disk has no parent");
    }
    const BlockPtr bitmap = CASEMENT_TRY(
        disk_.cache->get({disk_.owner, index}, [this, index] { return read_bitmap(index); }));
    const std::uint64_t end = within + out.size();
    const auto last = static_cast<std::size_t>(((end - 1) >> sector_shift_) + 1);
    while (!out.empty()) {
      const auto first = static_cast<std::size_t>(within >> sector_shift_);
      const std::uint64_t run_end = std::uint64_t{sector_run_end(*bitmap, first, last)}
                                    << sector_shift_;
      const auto count = static_cast<std::size_t>(std::min(run_end, end) - within);
      if (sector_is_held(*bitmap, first)) {
        CASEMENT_TRY(read_file(place, within, out.first(count)));
      } else {
        CASEMENT_TRY(
            read_or_zero(*disk_.parent, (index << block_shift_) + within, out.first(count)));
      }
      out = out.subspan(count);
      within += count;
    }
    return {};
  }

  /// The block's part of its sector bitmap: 32 bytes to 64 KiB.
  Result<std::vector<std::byte>> read_bitmap(std::uint64_t index) const {
    const VhdxBlock bitmap = disk_.table.bitmap_of(index);
    if (bitmap.state != VhdxBlockState::present) {
      return fail(Status::corrupt, fmt::format("its sector bitmap has the state {}, expected 6",
                                               std::to_underlying(bitmap.state)));
    }
    const std::uint32_t size_shift = block_shift_ - sector_shift_ - 3;
    const std::uint64_t in_chunk = index & ((std::uint64_t{1} << disk_.table.chunk_shift()) - 1);
    std::vector<std::byte> bits(std::size_t{1} << size_shift);
    CASEMENT_TRY(read_file(bitmap.offset, in_chunk << size_shift, bits).with_context([] {
      return "sector bitmap";
    }));
    return bits;
  }

  VhdxDisk disk_;
  std::uint32_t block_shift_;
  std::uint32_t sector_shift_;
};

}  // namespace

std::uint64_t count_truncated_blocks(const VhdxDisk& disk) noexcept {
  std::uint64_t count = 0;
  for (std::uint64_t i = 0; i < disk.table.block_count(); ++i) {
    const VhdxBlock block = disk.table.block(i);
    const std::uint64_t left = disk.metadata.disk_size - (i << disk.metadata.block_shift);
    const std::uint64_t needed = std::min<std::uint64_t>(left, disk.metadata.block_size());
    const bool held =
        block.state == VhdxBlockState::present || block.state == VhdxBlockState::partially_present;
    if (held && !in_range(disk.file->size(), block.offset, needed)) {
      ++count;
    }
  }
  return count;
}

SourcePtr make_vhdx_source(VhdxDisk disk) {
  return std::make_shared<VhdxSource>(std::move(disk));
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// From disk offsets to file offsets, one block at a time.
#include "vfs/container/vhd/vhd_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "vfs/container/sector_bitmap.h"
#include "vfs/container/vhd/vhd_layout.h"
#include "vfs/core/zero_fill.h"

namespace casement {
namespace {

class FixedVhdSource final : public ByteSource {
 public:
  FixedVhdSource(SourcePtr file, std::uint64_t payload_size, std::uint64_t disk_size)
      : file_(std::move(file)), payload_size_(payload_size), disk_size_(disk_size) {}

  std::uint64_t size() const noexcept override { return disk_size_; }
  std::string describe() const override { return file_->describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (!in_range(payload_size_, offset, out.size())) [[unlikely]] {
      return fail(Status::truncated,
                  fmt::format("{}: {} bytes of the disk at 0x{:x}, but the file ends at 0x{:x}",
                              describe(), out.size(), offset, payload_size_));
    }
    return file_->read(offset, out);
  }

  SourcePtr file_;
  std::uint64_t payload_size_;
  std::uint64_t disk_size_;
};

/// Bytes of a block's bitmap.
constexpr std::uint64_t bitmap_size(std::uint32_t block_shift) noexcept {
  return ((std::uint64_t{1} << block_shift) / vhd_layout::sector_size + 7) / 8;
}

/// The same in whole sectors: where the block's data begins.
constexpr std::uint64_t bitmap_space(std::uint32_t block_shift) noexcept {
  return (bitmap_size(block_shift) + vhd_layout::sector_size - 1) / vhd_layout::sector_size *
         vhd_layout::sector_size;
}

/// VHD counts sectors from the high bit of a byte.
std::byte reverse_bits(std::byte value) noexcept {
  unsigned bits = std::to_integer<unsigned>(value);
  bits = ((bits & 0xF0U) >> 4) | ((bits & 0x0FU) << 4);
  bits = ((bits & 0xCCU) >> 2) | ((bits & 0x33U) << 2);
  bits = ((bits & 0xAAU) >> 1) | ((bits & 0x55U) << 1);
  return static_cast<std::byte>(bits);
}

class DynamicVhdSource final : public ByteSource {
 public:
  explicit DynamicVhdSource(DynamicVhd vhd)
      : vhd_(std::move(vhd)),
        block_size_(std::uint64_t{1} << vhd_.block_shift),
        bitmap_size_(bitmap_size(vhd_.block_shift)),
        bitmap_space_(bitmap_space(vhd_.block_shift)) {}

  std::uint64_t size() const noexcept override { return vhd_.disk_size; }
  std::string describe() const override { return vhd_.file->describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    while (!out.empty()) {
      const std::uint64_t block = offset >> vhd_.block_shift;
      const std::uint64_t within = offset & (block_size_ - 1);
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), block_size_ - within));
      CASEMENT_TRY(read_block(block, within, out.first(count)).with_context([&] {
        return fmt::format("{}: block {}", describe(), block);
      }));
      out = out.subspan(count);
      offset += count;
    }
    return {};
  }

  Result<void> read_block(std::uint64_t block, std::uint64_t within, MutableBytes out) const {
    if (block >= vhd_.table.size()) [[unlikely]] {
      return fail(Status::corrupt, fmt::format("the table has {} entries", vhd_.table.size()));
    }
    const auto place = vhd_.table.find(block);
    if (!vhd_.parent) {
      if (!place) {
        zero_fill(out);
        return {};
      }
      // The bitmap is not looked at: sectors that were never written are zeros here, too.
      return vhd_.file->read(*place + bitmap_space_ + within, out);
    }
    const std::uint64_t on_disk = (block << vhd_.block_shift) + within;
    if (!place) {
      return read_or_zero(*vhd_.parent, on_disk, out);
    }
    return read_sectors(block, *place, within, out);
  }

  /// Splits a read of a block of a differencing disk between file and parent.
  Result<void> read_sectors(std::uint64_t block, std::uint64_t place, std::uint64_t within,
                            MutableBytes out) const {
    const BlockPtr bitmap = CASEMENT_TRY(
        vhd_.cache->get({vhd_.owner, block}, [this, place] { return read_bitmap(place); }));
    const std::uint64_t end = within + out.size();
    const auto last = static_cast<std::size_t>((end - 1) / vhd_layout::sector_size + 1);
    while (!out.empty()) {
      const auto first = static_cast<std::size_t>(within / vhd_layout::sector_size);
      const std::uint64_t run_end =
          std::uint64_t{sector_run_end(*bitmap, first, last)} * vhd_layout::sector_size;
      const auto count = static_cast<std::size_t>(std::min(run_end, end) - within);
      if (sector_is_held(*bitmap, first)) {
        CASEMENT_TRY(vhd_.file->read(place + bitmap_space_ + within, out.first(count)));
      } else {
        CASEMENT_TRY(
            read_or_zero(*vhd_.parent, (block << vhd_.block_shift) + within, out.first(count)));
      }
      out = out.subspan(count);
      within += count;
    }
    return {};
  }

  Result<std::vector<std::byte>> read_bitmap(std::uint64_t place) const {
    if (!in_range(vhd_.file->size(), place, bitmap_size_)) {
      return fail(Status::truncated,
                  fmt::format("its bitmap is at 0x{:x}, but the file ends at 0x{:x}", place,
                              vhd_.file->size()));
    }
    std::vector<std::byte> bitmap(bitmap_size_);
    CASEMENT_TRY(vhd_.file->read(place, bitmap));
    std::ranges::transform(bitmap, bitmap.begin(), reverse_bits);
    return bitmap;
  }

  DynamicVhd vhd_;
  std::uint64_t block_size_;
  std::uint64_t bitmap_size_;
  std::uint64_t bitmap_space_;
};

}  // namespace

SourcePtr make_fixed_vhd_source(SourcePtr file, std::uint64_t payload_size,
                                std::uint64_t disk_size) {
  return std::make_shared<FixedVhdSource>(std::move(file), payload_size, disk_size);
}

std::uint64_t count_truncated_blocks(const DynamicVhd& vhd) noexcept {
  const std::uint64_t data = bitmap_space(vhd.block_shift);
  std::uint64_t count = 0;
  for (std::uint64_t i = 0; i < vhd.table.size(); ++i) {
    const std::uint64_t left = vhd.disk_size - (i << vhd.block_shift);
    const std::uint64_t needed = std::min(left, std::uint64_t{1} << vhd.block_shift);
    const auto place = vhd.table.find(i);
    if (place && !in_range(vhd.file->size(), *place, data + needed)) {
      ++count;
    }
  }
  return count;
}

SourcePtr make_dynamic_vhd_source(DynamicVhd vhd) {
  return std::make_shared<DynamicVhdSource>(std::move(vhd));
}

}  // namespace casement

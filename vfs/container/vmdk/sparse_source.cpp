// SPDX-License-Identifier: Apache-2.0
// From an offset of the extent to a grain, by a directory and a table.
#include "vfs/container/vmdk/sparse_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "vfs/codec/deflate.h"
#include "vfs/container/vmdk/vmdk_layout.h"
#include "vfs/core/checked.h"

namespace casement {
namespace {

using namespace vmdk_layout;  // NOLINT(google-build-using-namespace): the values of entries

/// Tables are cached in parts of so many bytes.
constexpr std::uint64_t table_slice = 4096;

}  // namespace

Result<void> VmdkSparseSource::do_read(std::uint64_t offset, MutableBytes out) const {
  return read_pieces(
      offset, out, [this](std::uint64_t from, std::uint64_t wanted) { return find(from, wanted); });
}

Piece VmdkSparseSource::from_parent(std::uint64_t offset, std::uint64_t length) const {
  return parent_piece(parts_.parent.get(), parts_.parent_offset + offset, length);
}

Result<Piece> VmdkSparseSource::find(std::uint64_t offset, std::uint64_t wanted) const {
  if (offset >= extent_.capacity) {
    return from_parent(offset, wanted);
  }
  const std::uint64_t coverage = extent_.coverage();
  const std::uint64_t within_table = offset % coverage;
  const auto number = static_cast<std::size_t>(offset / coverage);
  const std::uint64_t table = extent_.directory[number];
  const std::uint64_t left = std::min(wanted, extent_.capacity - offset);
  if (table == 0) {
    return from_parent(offset, std::min(left, coverage - within_table));
  }
  if (table == VmdkSparseExtent::bad_table) {
    return fail(Status::corrupt,
                fmt::format("{}: directory entry {} (extent offset 0x{:x}) names no grain table",
                            describe(), number, offset));
  }
  const std::uint64_t entry = CASEMENT_TRY(read_entry(table, within_table / extent_.grain_size));
  const std::uint64_t length =
      std::min(left, extent_.grain_size - within_table % extent_.grain_size);
  return extent_.kind == VmdkSparseKind::se_sparse ? find_se_grain(entry, offset, length)
                                                   : find_grain(entry, offset, length);
}

Result<std::uint64_t> VmdkSparseSource::read_entry(std::uint64_t table, std::uint64_t index) const {
  const std::uint32_t entry_size = extent_.entry_size();
  const std::uint64_t position = index * entry_size;  // at most 512 KiB
  const std::uint64_t start = position / table_slice * table_slice;
  const std::uint64_t size =
      std::min(table_slice, std::uint64_t{extent_.entries_per_table} * entry_size - start);
  const auto slice_offset = checked_add(table, start);
  if (!slice_offset) {
    return fail(Status::corrupt,
                fmt::format("{}: grain table at 0x{:x}: past any file", describe(), table));
  }
  const BlockPtr entries =
      CASEMENT_TRY(read_cached(*parts_.cache, parts_.table_owner, *parts_.file, *slice_offset, size)
                       .with_context([&] { return fmt::format("{}: grain table", describe()); }));
  const auto at = static_cast<std::size_t>(position - start);
  return entry_size == 8 ? get_le<std::uint64_t>(*entries, at)
                         : get_le<std::uint32_t>(*entries, at);
}

Result<Piece> VmdkSparseSource::find_grain(std::uint64_t entry, std::uint64_t offset,
                                           std::uint64_t length) const {
  if (entry == 0) {
    return from_parent(offset, length);
  }
  if (entry == zeroed_grain && extent_.zeroed_grains) {
    return Piece{.length = length};
  }
  const std::uint64_t position = entry * sector_size;  // 32 bits of sectors
  const std::uint64_t within = offset % extent_.grain_size;
  if (!extent_.compressed) {
    return Piece{.length = length, .source = parts_.file.get(), .offset = position + within};
  }
  const std::uint64_t start = offset - within;
  struct Grain {
    std::uint64_t position, start;
  };
  const Grain grain{position, start};
  BlockPtr block = CASEMENT_TRY(
      parts_.cache
          ->get({parts_.grain_owner, start},
                [this, &grain] { return decompress(grain.position, grain.start); })
          .with_context([&] {
            return fmt::format("{}: compressed grain of extent offset 0x{:x} at 0x{:x}", describe(),
                               start, position);
          }));
  return Piece{.length = length, .offset = within, .block = std::move(block)};
}

Result<Piece> VmdkSparseSource::find_se_grain(std::uint64_t entry, std::uint64_t offset,
                                              std::uint64_t length) const {
  switch (entry & sesparse::kind_mask) {
    case sesparse::unallocated:
      if (entry == 0) {
        return from_parent(offset, length);
      }
      break;
    case sesparse::unmapped:
    case sesparse::zero:
      return Piece{.length = length};
    case sesparse::allocated: {
      const std::uint64_t number =
          ((entry >> 48) & 0xFFF) | ((entry & 0x0000'FFFF'FFFF'FFFF) << 12);  // 60 bits
      const auto relative = checked_mul(number, extent_.grain_size);
      const auto position = relative ? checked_add(*relative, extent_.grains_offset) : std::nullopt;
      const std::uint64_t within = offset % extent_.grain_size;
      if (position && checked_add(*position, extent_.grain_size)) {
        return Piece{.length = length, .source = parts_.file.get(), .offset = *position + within};
      }
      break;
    }
    default:
      break;
  }
  return fail(Status::corrupt,
              fmt::format("{}: grain of extent offset 0x{:x}: entry 0x{:016x}, which says nothing "
                          "that is known",
                          describe(), offset, entry));
}

Result<std::vector<std::byte>> VmdkSparseSource::decompress(std::uint64_t position,
                                                            std::uint64_t start) const {
  const ByteSource& file = *parts_.file;
  std::array<std::byte, sizeof(GrainMarker)> raw{};
  CASEMENT_TRY(file.read(position, raw));
  const auto marker = CASEMENT_TRY(load<GrainMarker>(raw, 0, "grain marker"));
  if (marker.lba.value() != start / sector_size) {
    return fail(Status::corrupt, fmt::format("the marker is for sector {}, expected {}",
                                             marker.lba.value(), start / sector_size));
  }
  const std::uint64_t size = marker.size.value();
  // Deflate adds little to what it cannot compress; twice the grain is QEMU's bound.
  if (size > 2 * extent_.grain_size || !in_range(file.size(), position + raw.size(), size)) {
    return fail(Status::corrupt,
                fmt::format("{} bytes of data for a grain of {}, in a file that ends at 0x{:x}",
                            size, extent_.grain_size, file.size()));
  }
  std::vector<std::byte> packed(static_cast<std::size_t>(size));
  CASEMENT_TRY(file.read(position + raw.size(), packed));
  // Writers cut the last grain at the capacity.
  std::vector<std::byte> plain(
      static_cast<std::size_t>(std::min(extent_.grain_size, extent_.capacity - start)));
  CASEMENT_TRY(inflate_exactly(DeflateFraming::zlib, packed, plain));
  return plain;
}

}  // namespace casement

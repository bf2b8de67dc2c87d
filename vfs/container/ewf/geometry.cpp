// SPDX-License-Identifier: Apache-2.0
// Checks of the volume section.
#include "vfs/container/ewf/geometry.h"

#include <fmt/format.h>

#include <optional>

#include "vfs/container/ewf/ewf_layout.h"
#include "vfs/container/ewf/section.h"
#include "vfs/core/checked.h"

namespace casement {
namespace {

/// EnCase has 64 sectors and more in a chunk.
constexpr std::uint64_t min_chunk_size = 512;
/// EnCase has at most 32,768 sectors in a chunk: 16 MiB with sectors of 512 bytes. A chunk is
/// unpacked whole, so that larger ones would let a small file ask for much memory.
constexpr std::uint64_t max_chunk_size = std::uint64_t{32} << 20;
/// Sectors of disks have 512 to 4096 bytes, optical ones 2048 or 2352.
constexpr std::uint32_t max_sector_size = 1U << 16;

}  // namespace

Result<EwfGeometry> EwfGeometry::parse(Bytes body) {
  EwfGeometry geometry;
  std::uint64_t sector_count = 0;
  std::uint64_t sectors_per_chunk = 0;
  if (body.size() >= sizeof(ewf_layout::Volume)) {
    const auto disk = CASEMENT_TRY(load<ewf_layout::Volume>(body, 0, "volume section"));
    geometry.bytes_per_sector = disk.bytes_per_sector.value();
    geometry.stored_chunk_count = disk.chunk_count.value();
    geometry.set_id = disk.set_id;
    sectors_per_chunk = disk.sectors_per_chunk.value();
    sector_count = disk.sector_count.value();
    geometry.checksum_is_right = ends_with_checksum(body.first(sizeof(ewf_layout::Volume)));
  } else {
    const auto disk = CASEMENT_TRY(load<ewf_layout::SmartVolume>(body, 0, "volume section"));
    geometry.bytes_per_sector = disk.bytes_per_sector.value();
    geometry.stored_chunk_count = disk.chunk_count.value();
    geometry.is_smart = true;
    sectors_per_chunk = disk.sectors_per_chunk.value();
    sector_count = disk.sector_count.value();
    geometry.checksum_is_right = ends_with_checksum(body.first(sizeof(ewf_layout::SmartVolume)));
  }
  if (geometry.bytes_per_sector == 0 || geometry.bytes_per_sector > max_sector_size) {
    return fail(Status::corrupt,
                fmt::format("volume section at +0xc: sectors of {} bytes, expected 1 to {}",
                            geometry.bytes_per_sector, max_sector_size));
  }
  // At most 48 bits.
  const std::uint64_t chunk_size = sectors_per_chunk * geometry.bytes_per_sector;
  if (chunk_size < min_chunk_size || chunk_size > max_chunk_size) {
    return fail(
        Status::corrupt,
        fmt::format("volume section at +0x8: chunks of {} sectors of {} bytes, expected {} "
                    "to {} bytes",
                    sectors_per_chunk, geometry.bytes_per_sector, min_chunk_size, max_chunk_size));
  }
  geometry.chunk_size = static_cast<std::uint32_t>(chunk_size);
  const auto media_size = checked_mul(sector_count, geometry.bytes_per_sector);
  if (!media_size || *media_size == 0) {
    return fail(Status::corrupt,
                fmt::format("volume section at +0x10: a medium of {} sectors of {} bytes",
                            sector_count, geometry.bytes_per_sector));
  }
  geometry.media_size = *media_size;
  return geometry;
}

}  // namespace casement

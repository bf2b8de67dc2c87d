// SPDX-License-Identifier: Apache-2.0
// Any bytes as the boot sectors of a volume.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "vfs/ntfs/boot_sector.h"
#include "vfs/source/memory_source.h"

namespace {

/// What later code takes for granted.
void check(const casement::ntfs::NtfsGeometry& geometry) {
  const bool sound = std::has_single_bit(geometry.cluster_size) &&
                     std::has_single_bit(geometry.record_size) &&
                     std::has_single_bit(geometry.index_block_size) &&
                     geometry.record_size % 512 == 0 && geometry.mft_lcn < geometry.cluster_count &&
                     geometry.cluster_count <= geometry.volume_size / geometry.cluster_size;
  if (!sound) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  const Bytes bytes = std::as_bytes(std::span(data, size));
  if (const auto geometry = ntfs::parse_boot_sector(bytes)) {
    check(*geometry);
  }
  const SourcePtr volume = make_memory_source({bytes.begin(), bytes.end()}, "fuzz");
  (void)ntfs::claims_to_be_ntfs(*volume);
  if (const auto sectors = ntfs::read_boot_sectors(*volume)) {
    if (!sectors->main && !sectors->backup) {
      std::abort();
    }
    if (sectors->backup) {
      check(*sectors->backup);
    }
  }
  return 0;
}

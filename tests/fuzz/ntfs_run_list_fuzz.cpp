// SPDX-License-Identifier: Apache-2.0
// Any bytes as the run lists of one or two extents: 16 bytes of where they lie, then the runs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "vfs/core/bytes.h"
#include "vfs/ntfs/run_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace casement;  // NOLINT(google-build-using-namespace): one function
  constexpr std::size_t head = 16;
  const Bytes bytes = std::as_bytes(std::span(data, size));
  if (bytes.size() < head) {
    return 0;
  }
  const auto lowest_vcn = get_le<std::uint64_t>(bytes, 0);
  const std::uint64_t length = lowest_vcn >> 32;  // so that one seed can have both small
  const auto volume_clusters = get_le<std::uint64_t>(bytes, 8);
  const ntfs::RunBounds bounds = {
      .cluster_count = volume_clusters, .max_vcn = std::uint64_t{1} << 51, .max_runs = 1000};
  ntfs::RunList runs;
  const Bytes packed = bytes.subspan(head);
  (void)runs.append(packed.first(packed.size() / 2), 0, lowest_vcn & 0xFFFF'FFFF, bounds);
  (void)runs.append(packed.last(packed.size() - packed.size() / 2), lowest_vcn & 0xFFFF'FFFF,
                    length, bounds);
  std::uint64_t vcn = 0;
  for (const ntfs::Run& run : runs.runs()) {
    const bool sound = run.length != 0 && run.vcn >= vcn &&
                       in_range(bounds.max_vcn, run.vcn, run.length) &&
                       (run.sparse || in_range(bounds.cluster_count, run.lcn, run.length)) &&
                       runs.runs()[runs.find(run.vcn)] == run;
    if (!sound) {
      std::abort();
    }
    vcn = run.vcn + run.length;
  }
  if (vcn != runs.end_vcn() || runs.runs().size() > bounds.max_runs) {
    std::abort();
  }
  return 0;
}

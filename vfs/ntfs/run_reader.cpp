// SPDX-License-Identifier: Apache-2.0
// One pass over the runs that a read touches.
#include "vfs/ntfs/run_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "vfs/core/zero_fill.h"

namespace casement::ntfs {

Result<void> read_runs(const ByteSource& volume, std::uint32_t cluster_size, const RunList& runs,
                       std::uint64_t offset, MutableBytes out) {
  const auto shift = static_cast<unsigned>(std::countr_zero(cluster_size));
  std::size_t index = runs.find(offset >> shift);
  while (!out.empty()) {
    const std::uint64_t vcn = offset >> shift;
    if (index >= runs.runs().size() || runs.runs()[index].vcn > vcn) {
      return fail(Status::corrupt,
                  fmt::format("{}: cluster 0x{:x} of the stream is not mapped: the extent that "
                              "maps it is missing or damaged",
                              volume.describe(), vcn));
    }
    const Run& run = runs.runs()[index];
    const std::uint64_t within = offset - (run.vcn << shift);
    const auto count = static_cast<std::size_t>(
        std::min<std::uint64_t>(out.size(), (run.length << shift) - within));
    if (run.sparse) {
      zero_fill(out.first(count));
    } else {
      CASEMENT_TRY(volume.read((run.lcn << shift) + within, out.first(count)));
    }
    out = out.subspan(count);
    offset += count;
    ++index;
  }
  return {};
}

}  // namespace casement::ntfs

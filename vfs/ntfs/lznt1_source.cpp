// SPDX-License-Identifier: Apache-2.0
// Telling raw units, holes and LZNT1 units apart by their clusters.
#include "vfs/ntfs/lznt1_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>
#include <vector>

#include "vfs/codec/lznt1.h"
#include "vfs/core/zero_fill.h"
#include "vfs/ntfs/decoded_source.h"
#include "vfs/ntfs/run_reader.h"

namespace casement::ntfs {
namespace {

/// What Windows uses; also where the attribute does not say.
constexpr std::uint8_t usual_unit = 4;
/// Windows compresses on clusters up to 4 KiB, so its units are 8 to 64 KiB.
constexpr std::uint64_t max_unit_size = 1U << 20;

enum class UnitKind : std::uint8_t { hole, raw, compressed };

struct Unit {
  UnitKind kind = UnitKind::hole;
  std::uint64_t clusters = 0;  // allocated, at its front
};

class Lznt1Source final : public DecodedSource {
 public:
  Lznt1Source(const NtfsNode& node, const AttributeChain& chain, RunList runs,
              std::uint32_t unit_size)
      : DecodedSource(node, chain, CachedBlock::lznt1_unit, unit_size,
                      chain.head.non_resident.data_size),
        runs_(std::move(runs)),
        valid_size_(chain.head.non_resident.valid_size),
        unit_clusters_(unit_size / volume().geometry().cluster_size),
        end_vcn_(std::max(runs_.end_vcn(), chain.head.non_resident.allocated_size /
                                               volume().geometry().cluster_size)),
        record_(node.reference().record()) {}

 private:
  Result<std::size_t> read_plain(std::uint64_t offset, MutableBytes out) const override {
    if (offset >= valid_size_) {
      zero_fill(out);
      return out.size();
    }
    // A compressed unit is decoded up to its end; what is not valid in it is cut in decode().
    std::uint64_t index = offset / block_size();
    const Unit first = CASEMENT_TRY(find_unit(index));
    if (first.kind == UnitKind::compressed) {
      return std::size_t{0};
    }
    const std::uint64_t wanted = std::min<std::uint64_t>(out.size(), valid_size_ - offset);
    std::uint64_t count = block_size() - offset % block_size();
    while (count < wanted && CASEMENT_TRY(find_unit(++index)).kind == first.kind) {
      count += block_size();
    }
    const auto size = static_cast<std::size_t>(std::min(count, wanted));
    if (first.kind == UnitKind::hole) {
      zero_fill(out.first(size));
    } else {
      CASEMENT_TRY(read_runs(volume().source(), volume().geometry().cluster_size, runs_, offset,
                             out.first(size)));
    }
    return size;
  }

  Result<void> decode(std::uint64_t index, MutableBytes block) const override {
    const std::uint64_t start = index * block_size();
    const Unit unit = CASEMENT_TRY(find_unit(index));
    const std::uint32_t cluster_size = volume().geometry().cluster_size;
    std::vector<std::byte> packed(static_cast<std::size_t>(unit.clusters * cluster_size));
    CASEMENT_TRY(read_runs(volume().source(), cluster_size, runs_, start, packed));
    if (auto decoded = decompress_lznt1(packed, block); !decoded) {
      volume().findings().add("lznt1-damaged", record_,
                              std::move(decoded).error().context(
                                  fmt::format("{}: compression unit {}", describe(), index)));
    }
    const auto valid =
        static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), valid_size_ - start));
    zero_fill(block.subspan(valid));
    return {};
  }

  Result<Unit> find_unit(std::uint64_t index) const {
    const std::uint64_t first = index * unit_clusters_;
    const std::uint64_t end = first + unit_clusters_;
    Unit unit;
    std::uint64_t vcn = first;
    bool in_hole = false;
    for (std::size_t i = runs_.find(first); vcn < end && i < runs_.runs().size(); ++i) {
      const Run& run = runs_.runs()[i];
      if (run.vcn > vcn) {
        break;
      }
      const std::uint64_t run_end = std::min(end, run.vcn + run.length);
      if (!run.sparse && in_hole) {
        return fail(
            Status::corrupt,
            fmt::format("{}: compression unit {} has clusters after a hole", describe(), index));
      }
      unit.clusters += run.sparse ? 0 : run_end - vcn;
      in_hole = run.sparse;
      vcn = run_end;
    }
    // Past the allocation there is nothing to be missing.
    if (vcn < end && vcn < end_vcn_) {
      return fail(Status::corrupt,
                  fmt::format("{}: cluster 0x{:x} of the stream is not mapped: the extent that "
                              "maps it is missing or damaged",
                              describe(), vcn));
    }
    unit.kind = unit.clusters == 0                ? UnitKind::hole
                : unit.clusters == unit_clusters_ ? UnitKind::raw
                                                  : UnitKind::compressed;
    return unit;
  }

  RunList runs_;
  std::uint64_t valid_size_;
  std::uint64_t unit_clusters_;
  std::uint64_t end_vcn_;  // clusters that should be mapped
  std::uint64_t record_;
};

}  // namespace

Result<SourcePtr> open_lznt1(const NtfsNode& node, const AttributeChain& chain, RunList runs) {
  const NonResidentPart& part = chain.head.non_resident;
  const std::uint8_t log2 = part.compression_unit == 0 ? usual_unit : part.compression_unit;
  const std::uint32_t cluster_size = node.volume()->geometry().cluster_size;
  const std::uint64_t max_clusters = max_unit_size / cluster_size;
  if (max_clusters == 0 || log2 > std::countr_zero(max_clusters)) {
    return fail(Status::corrupt,
                fmt::format("{}: compression unit of 2^{} clusters of {} bytes, "
                            "expected at most {} bytes",
                            describe_attribute(node, chain), log2, cluster_size, max_unit_size));
  }
  return std::make_shared<Lznt1Source>(node, chain, std::move(runs), cluster_size << log2);
}

}  // namespace casement::ntfs

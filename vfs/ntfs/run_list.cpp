// SPDX-License-Identifier: Apache-2.0
// Unpacking mapping pairs: a byte of two lengths, clusters, and a signed step from the last LCN.
#include "vfs/ntfs/run_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace casement::ntfs {
namespace {

/// One mapping pair.
struct PackedRun {
  std::uint64_t length = 0;
  std::int64_t step = 0;
  bool sparse = false;
};

std::uint64_t load_unsigned(Bytes raw) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = raw.size(); i-- > 0;) {
    value = value << 8 | std::to_integer<std::uint64_t>(raw[i]);
  }
  return value;
}

std::int64_t load_signed(Bytes raw) noexcept {
  const std::size_t unused = 64 - 8 * raw.size();
  return static_cast<std::int64_t>(load_unsigned(raw) << unused) >> unused;
}

/// Decodes the pair at `at` and moves `at` past it. nullopt at the end mark.
Result<std::optional<PackedRun>> unpack(Bytes packed, std::size_t& at) {
  if (at == packed.size() || packed[at] == std::byte{0}) {
    return std::optional<PackedRun>();
  }
  const auto head = std::to_integer<unsigned>(packed[at]);
  const std::size_t length_bytes = head & 0x0F;
  const std::size_t step_bytes = head >> 4;
  if (length_bytes == 0 || length_bytes > 8 || step_bytes > 8) {
    return fail(Status::corrupt,
                fmt::format("run list at 0x{:x}: head 0x{:02x}, expected 1 to 8 bytes of length "
                            "and 0 to 8 bytes of offset",
                            at, head));
  }
  if (!in_range(packed.size(), at + 1, length_bytes + step_bytes)) {
    return fail(Status::corrupt,
                fmt::format("run list at 0x{:x}: a run of {} bytes, but the list ends at 0x{:x}",
                            at, 1 + length_bytes + step_bytes, packed.size()));
  }
  PackedRun run;
  run.length = load_unsigned(packed.subspan(at + 1, length_bytes));
  run.sparse = step_bytes == 0;
  if (!run.sparse) {
    run.step = load_signed(packed.subspan(at + 1 + length_bytes, step_bytes));
  }
  if (run.length == 0) {
    return fail(Status::corrupt, fmt::format("run list at 0x{:x}: a run of no clusters", at));
  }
  at += 1 + length_bytes + step_bytes;
  return std::optional(run);
}

}  // namespace

RunBounds run_bounds(const NtfsGeometry& geometry, const Limits& limits) noexcept {
  constexpr std::uint64_t max_stream_size = 0x7FFF'FFFF'FFFF'FFFF;
  return {.cluster_count = geometry.cluster_count,
          .max_vcn = max_stream_size / geometry.cluster_size,
          .max_runs = limits.max_runs};
}

Result<void> RunList::append(Bytes packed, std::uint64_t lowest_vcn, std::uint64_t cluster_count,
                             const RunBounds& bounds) {
  if (lowest_vcn < end_vcn() || !in_range(bounds.max_vcn, lowest_vcn, cluster_count)) {
    return fail(Status::corrupt,
                fmt::format("run list of clusters 0x{:x} + 0x{:x}: expected to begin at 0x{:x} or "
                            "later and to end before 0x{:x}",
                            lowest_vcn, cluster_count, end_vcn(), bounds.max_vcn));
  }
  const std::uint64_t end = lowest_vcn + cluster_count;
  std::uint64_t vcn = lowest_vcn;
  std::uint64_t lcn =
      0;  // any step from a valid LCN fits 64 bits; the sum may wrap, and is checked
  std::size_t at = 0;
  while (const auto packed_run = CASEMENT_TRY(unpack(packed, at))) {
    if (packed_run->length > end - vcn) {
      return fail(Status::corrupt,
                  fmt::format("run list: a run of 0x{:x} clusters at cluster 0x{:x} of the stream, "
                              "but its extent ends at 0x{:x}",
                              packed_run->length, vcn, end));
    }
    if (!packed_run->sparse) {
      lcn += static_cast<std::uint64_t>(packed_run->step);
      if (!in_range(bounds.cluster_count, lcn, packed_run->length)) {
        return fail(Status::corrupt,
                    fmt::format("run list: 0x{:x} clusters at 0x{:x}, but the volume has 0x{:x}",
                                packed_run->length, lcn, bounds.cluster_count));
      }
    }
    CASEMENT_TRY(add({.vcn = vcn,
                      .lcn = packed_run->sparse ? 0 : lcn,
                      .length = packed_run->length,
                      .sparse = packed_run->sparse},
                     bounds));
    vcn += packed_run->length;
  }
  if (vcn != end) {
    return fail(Status::corrupt,
                fmt::format("run list: maps clusters up to 0x{:x} of the stream, expected 0x{:x}",
                            vcn, end));
  }
  return {};
}

Result<void> RunList::add(const Run& run, const RunBounds& bounds) {
  if (!runs_.empty()) {
    Run& last = runs_.back();
    const bool adjacent = last.vcn + last.length == run.vcn && last.sparse == run.sparse &&
                          (run.sparse || last.lcn + last.length == run.lcn);
    if (adjacent) {
      last.length += run.length;
      return {};
    }
  }
  if (runs_.size() >= bounds.max_runs) {
    return fail(Status::limit_exceeded,
                fmt::format("run list: more than {} runs", bounds.max_runs));
  }
  runs_.push_back(run);
  return {};
}

std::uint64_t RunList::end_vcn() const noexcept {
  return runs_.empty() ? 0 : runs_.back().vcn + runs_.back().length;
}

std::size_t RunList::find(std::uint64_t vcn) const noexcept {
  const auto found =
      std::ranges::upper_bound(runs_, vcn, {}, [](const Run& run) { return run.vcn + run.length; });
  return static_cast<std::size_t>(found - runs_.begin());
}

std::uint64_t RunList::allocated_clusters() const noexcept {
  std::uint64_t count = 0;
  for (const Run& run : runs_) {
    count += run.sparse ? 0 : run.length;
  }
  return count;
}

}  // namespace casement::ntfs

// SPDX-License-Identifier: Apache-2.0
// The walk over $ATTRIBUTE_LIST entries.
#include "vfs/ntfs/attribute_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "vfs/core/utf16.h"
#include "vfs/ntfs/ntfs_layout.h"
#include "vfs/ntfs/run_reader.h"

namespace casement::ntfs {
namespace {

Result<AttributeListEntry> parse_entry(Bytes raw) {
  const auto disk =
      CASEMENT_TRY(load<ntfs_layout::AttributeListEntry>(raw, 0, "attribute list entry"));
  AttributeListEntry entry;
  entry.type = disk.type.value();
  entry.lowest_vcn = disk.lowest_vcn.value();
  entry.record = {disk.record.value()};
  entry.attribute_id = disk.attribute_id.value();
  if (disk.name_length != 0) {
    entry.name = from_utf16le(CASEMENT_TRY(slice(
        raw, disk.name_offset, std::uint64_t{2} * disk.name_length, "attribute list entry name")));
  }
  return entry;
}

}  // namespace

bool ListBudget::take(std::uint64_t bytes) noexcept {
  std::uint64_t left = left_.load(std::memory_order_relaxed);
  while (bytes <= left) {
    if (left_.compare_exchange_weak(left, left - bytes, std::memory_order_relaxed)) {
      return true;
    }
  }
  refused_.store(true, std::memory_order_relaxed);
  return false;
}

AttributeList parse_attribute_list(Bytes raw) {
  constexpr std::size_t head = sizeof(ntfs_layout::AttributeListEntry);
  AttributeList list;
  std::size_t offset = 0;
  while (raw.size() - offset >= head) {
    const std::size_t size = get_le<std::uint16_t>(raw, offset + 4);
    // A list that was cut back may leave zeros behind.
    if (size == 0 && get_le<std::uint32_t>(raw, offset) == 0) {
      break;
    }
    if (size < head || !in_range(raw.size(), offset, size)) {
      list.damage = Error(Status::corrupt,
                          fmt::format("attribute list at 0x{:x}: an entry of {} bytes, expected "
                                      "from {} to {}",
                                      offset, size, head, raw.size() - offset));
      break;
    }
    auto entry = parse_entry(raw.subspan(offset, size));
    if (entry) {
      list.entries.push_back(std::move(*entry));
    } else {
      list.damage = std::move(entry).error().context(
          fmt::format("attribute list at 0x{:x}", offset));  // its size is well: go on
    }
    offset += size;
  }
  return list;
}

Result<AttributeList> load_attribute_list(const ByteSource& volume, const NtfsGeometry& geometry,
                                          const Limits& limits, const Attribute& attribute) {
  if (attribute.resident) {
    return parse_attribute_list(attribute.value);
  }
  const NonResidentPart& part = attribute.non_resident;
  const std::uint64_t max_size = std::min(limits.max_attribute_list_size, max_list_size);
  if (part.data_size > max_size) {
    return fail(Status::limit_exceeded,
                fmt::format("attribute list: {} bytes, the limit is {}", part.data_size, max_size));
  }
  RunList runs;
  CASEMENT_TRY(runs.append(part.packed_runs, part.lowest_vcn, part.cluster_count,
                           run_bounds(geometry, limits)));
  // Before the allocation: the bytes must be on the volume.
  if (part.data_size > runs.allocated_clusters() * geometry.cluster_size) {
    return fail(Status::corrupt,
                fmt::format("attribute list: {} bytes in {} clusters of {} bytes", part.data_size,
                            runs.allocated_clusters(), geometry.cluster_size));
  }
  std::vector<std::byte> raw(static_cast<std::size_t>(part.data_size));
  CASEMENT_TRY(read_runs(volume, geometry.cluster_size, runs, 0, raw));
  return parse_attribute_list(raw);
}

}  // namespace casement::ntfs

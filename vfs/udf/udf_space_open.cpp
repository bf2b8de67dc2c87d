// SPDX-License-Identifier: Apache-2.0
// Partition maps to bytes: physical and sparable ones, then those that lie in others.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "vfs/source/extent_source.h"
#include "vfs/source/lost_extent.h"
#include "vfs/udf/typed_partitions.h"
#include "vfs/udf/udf_content.h"
#include "vfs/udf/udf_tag.h"
#include "vfs/udf/udf_values.h"

namespace casement {
namespace {

namespace layout = udf_layout;

/// A map before its partition is opened.
struct Map {
  UdfPartitionKind kind = UdfPartitionKind::physical;
  std::uint16_t number = 0;
  Bytes raw;
};

Result<Map> parse_map(Bytes raw, std::uint8_t type) {
  Map map;
  map.raw = raw;
  if (type == 1) {
    map.number = CASEMENT_TRY(load<layout::PhysicalMap>(raw, 0, "partition map")).partition.value();
    return map;
  }
  if (type != 2) {
    return fail(Status::unsupported, fmt::format("a partition map of type {}", type));
  }
  const auto typed = CASEMENT_TRY(load<layout::TypedMap>(raw, 0, "partition map"));
  map.number = typed.partition.value();
  const std::string_view kind = udf_entity(typed.kind);
  if (kind == "*UDF Sparable Partition") {
    map.kind = UdfPartitionKind::sparable;
  } else if (kind == "*UDF Virtual Partition") {
    map.kind = UdfPartitionKind::virtual_table;
  } else if (kind == "*UDF Metadata Partition") {
    map.kind = UdfPartitionKind::metadata;
  } else {
    return fail(Status::unsupported, fmt::format("a partition map of kind '{}'", kind));
  }
  return map;
}

Result<std::vector<Map>> parse_maps(const UdfDescriptors& descriptors) {
  constexpr std::uint32_t most = 64;  // the standard's sectors hold fewer
  const std::uint32_t count = descriptors.logical.map_count.value();
  if (count > most) {
    return fail(Status::corrupt, fmt::format("{} partition maps", count));
  }
  std::vector<Map> maps;
  std::uint64_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto head = CASEMENT_TRY(load<layout::MapHead>(descriptors.maps, at, "partition map"));
    const Bytes raw = CASEMENT_TRY(slice(descriptors.maps, at, head.length, "partition map"));
    maps.push_back(CASEMENT_TRY(parse_map(raw, head.type)));
    at += head.length;
  }
  return maps;
}

/// Sectors of the volume, as far as the image holds them.
class Sectors {
 public:
  Sectors(SourcePtr volume, const UdfDescriptors& descriptors, std::uint32_t sector_size,
          bool write_once, UniqueFindings& findings)
      : volume_(std::move(volume)),
        descriptors_(descriptors),
        sector_size_(sector_size),
        write_once_(write_once),
        findings_(findings) {}

  /// Where a partition begins; 0 when there is no such partition.
  std::uint64_t start_of(std::uint16_t number) const noexcept {
    const layout::Partition* const partition = descriptors_.partition(number);
    return partition == nullptr ? 0 : offset(partition->start.value());
  }

  Result<SourcePtr> open(const Map& map, const Limits& limits) const {
    const layout::Partition* const partition = descriptors_.partition(map.number);
    if (partition == nullptr) {
      return fail(Status::corrupt, fmt::format("no descriptor of partition {}", map.number));
    }
    const std::uint64_t length = std::uint64_t{partition->length.value()} * sector_size_;
    const std::string name = fmt::format("{} / partition {}", volume_->describe(), map.number);
    // The partition of a write-once medium is as large as the medium, written or not.
    if (!write_once_ && !in_range(volume_->size(), offset(partition->start.value()), length)) {
      findings_.add(Severity::warning, "udf-truncated", map.number, [&] {
        return fmt::format("partition {} of {} bytes begins at 0x{:x}, the image ends at 0x{:x}",
                           map.number, length, offset(partition->start.value()), volume_->size());
      });
    }
    std::vector<SourceExtent> pieces;
    if (map.kind == UdfPartitionKind::sparable) {
      const auto replaced = CASEMENT_TRY(replaced_packets(map, limits));
      const auto sparable = CASEMENT_TRY(load<layout::SparableMap>(map.raw, 0, "sparable map"));
      const std::uint64_t packet =
          std::uint64_t{sparable.packet_length.value()} * descriptors_.block_size;
      std::uint64_t at = 0;
      for (const auto& [block, sector] : replaced) {
        const std::uint64_t start = std::uint64_t{block} * descriptors_.block_size;
        if (start < at || !in_range(length, start, packet)) {
          continue;  // not of this partition, or over one that was replaced already
        }
        append(pieces, offset(partition->start.value()) + at, start - at, name);
        append(pieces, offset(sector), packet, name);
        at = start + packet;
      }
      append(pieces, offset(partition->start.value()) + at, length - at, name);
    } else {
      append(pieces, offset(partition->start.value()), length, name);
    }
    return make_extent_source(std::move(pieces), name);
  }

 private:
  std::uint64_t offset(std::uint32_t sector) const noexcept {
    return std::uint64_t{sector} * sector_size_;
  }

  void append(std::vector<SourceExtent>& pieces, std::uint64_t start, std::uint64_t length,
              const std::string& name) const {
    const std::uint64_t there =
        start < volume_->size() ? std::min(length, volume_->size() - start) : 0;
    if (there != 0) {
      pieces.push_back({there, volume_, start});
    }
    if (there < length) {
      pieces.push_back(lost_extent(
          length - there,
          Error(Status::truncated, fmt::format("the image ends at 0x{:x}", volume_->size())),
          name));
    }
  }

  /// First blocks of packets, and the sectors that replace them.
  Result<std::map<std::uint32_t, std::uint32_t>> replaced_packets(const Map& map,
                                                                  const Limits& limits) const {
    const auto raw = CASEMENT_TRY(load<layout::SparableMap>(map.raw, 0, "sparable map"));
    if (raw.packet_length.value() == 0) {
      return fail(Status::corrupt, "a sparable partition with packets of 0 blocks");
    }
    std::map<std::uint32_t, std::uint32_t> packets;
    std::optional<std::uint32_t> newest;
    const std::size_t count = std::min<std::size_t>(raw.table_count, std::size(raw.tables));
    for (std::size_t i = 0; i < count; ++i) {
      // NOLINTNEXTLINE(cppcoreguidelines-pro-bounds-constant-array-index): below std::size
      const std::uint32_t sector = raw.tables[i].value();
      const std::uint64_t size =
          std::min<std::uint64_t>(raw.table_size.value(), limits.max_table_size);
      if (!in_range(volume_->size(), offset(sector), size)) {
        continue;
      }
      std::vector<std::byte> table(static_cast<std::size_t>(size));
      CASEMENT_TRY(volume_->read(offset(sector), table));
      take_table(table, packets, newest);
    }
    if (!newest) {
      findings_.add(Severity::warning, "udf-sparing-table", map.number, [&] {
        return fmt::format(
            "partition {}: none of its {} sparing tables can be read: packets that "
            "were replaced are read where they were",
            map.number, count);
      });
    }
    return packets;
  }

  /// The one with the highest sequence number counts.
  static void take_table(Bytes raw, std::map<std::uint32_t, std::uint32_t>& packets,
                         std::optional<std::uint32_t>& newest) {
    constexpr std::uint32_t first_unused = 0xFFFF'FFF0;
    const auto head = load<layout::SparingTable>(raw, 0, "sparing table");
    if (!head || !read_udf_tag(raw, "sparing table") ||
        udf_entity(head->kind) != "*UDF Sparing Table" ||
        (newest && *newest >= head->sequence.value())) {
      return;
    }
    newest = head->sequence.value();
    packets.clear();
    for (std::size_t i = 0; i < head->count.value(); ++i) {
      const auto entry = load<layout::SparingEntry>(
          raw, sizeof(layout::SparingTable) + i * sizeof(layout::SparingEntry), "sparing entry");
      if (!entry) {
        break;
      }
      if (entry->original.value() < first_unused) {
        packets.emplace(entry->original.value(), entry->mapped.value());
      }
    }
  }

  SourcePtr volume_;
  const UdfDescriptors& descriptors_;
  std::uint32_t sector_size_;
  bool write_once_;
  UniqueFindings& findings_;
};

bool lies_in_another(UdfPartitionKind kind) noexcept {
  return kind == UdfPartitionKind::metadata || kind == UdfPartitionKind::virtual_table;
}

}  // namespace

Result<UdfSpace> open_udf_space(const SourcePtr& volume, std::uint32_t sector_size,
                                const UdfDescriptors& descriptors, const Limits& limits,
                                UniqueFindings& findings) {
  const std::vector<Map> maps = CASEMENT_TRY(parse_maps(descriptors));
  const bool write_once = std::ranges::any_of(
      maps, [](const Map& map) { return map.kind == UdfPartitionKind::virtual_table; });
  const Sectors sectors(volume, descriptors, sector_size, write_once, findings);
  // Entries of metadata files and virtual tables are read by the maps of the partitions below.
  UdfSpace below(volume, descriptors.block_size);
  for (const Map& map : maps) {
    below.add({map.kind, map.number, CASEMENT_TRY(sectors.open(map, limits)), nullptr});
  }
  UdfSpace space(volume, descriptors.block_size);
  for (std::size_t i = 0; i < maps.size(); ++i) {
    const Map& map = maps[i];
    if (!lies_in_another(map.kind)) {
      space.add(below.partitions()[i]);
      continue;
    }
    const auto base = std::ranges::find_if(maps, [&](const Map& other) {
      return other.number == map.number && !lies_in_another(other.kind);
    });
    if (base == maps.end()) {
      return fail(Status::corrupt,
                  fmt::format("partition map {} lies in partition {}, which has no map of its own",
                              i, map.number));
    }
    const TypedPartitionContext context{below, static_cast<std::uint16_t>(base - maps.begin()),
                                        sectors.start_of(map.number), limits, findings};
    UdfPartition opened = CASEMENT_TRY(map.kind == UdfPartitionKind::metadata
                                           ? open_metadata_partition(context, map.raw)
                                           : open_virtual_partition(context));
    opened.kind = map.kind;
    opened.number = map.number;
    space.add(std::move(opened));
  }
  return space;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Reading both sequences, and what prevails.
#include "vfs/udf/udf_descriptors.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "vfs/core/zero_fill.h"
#include "vfs/udf/udf_tag.h"
#include "vfs/udf/udf_values.h"

namespace casement {
namespace {

namespace layout = udf_layout;
namespace tag_id = udf_layout::tag_id;

/// A sequence has 16 sectors, or as many as a writer's descriptors need; pointers add extents.
constexpr std::uint32_t max_sectors = 2048;
constexpr unsigned max_extents = 32;

template <class T>
bool prevails(const T& found, const std::optional<T>& known) noexcept {
  return !known || found.sequence_number.value() > known->sequence_number.value();
}

/// What one sequence holds.
class Collector {
 public:
  Collector(const ByteSource& volume, std::uint32_t sector_size)
      : volume_(volume), sector_(sector_size), sector_size_(sector_size) {}

  void read(UdfSequence next) {
    used_ = 0;
    for (unsigned extent = 0; extent < max_extents && next.length != 0; ++extent) {
      const UdfSequence current = std::exchange(next, UdfSequence{});
      const std::uint32_t count = std::min(current.length / sector_size_, max_sectors - used_);
      for (std::uint32_t i = 0; i < count; ++i, ++used_) {
        const auto more = take(std::uint64_t{current.sector} + i, next);
        if (!more && !damage) {
          damage = more.error();
        }
        if (more && !*more) {
          break;
        }
      }
    }
  }

  /// A logical volume and all partitions that its maps name.
  Result<void> check_complete() const {
    if (!logical) {
      return damage ? std::unexpected(*damage)
                    : fail(Status::corrupt, "no logical volume descriptor");
    }
    std::size_t at = 0;
    for (std::uint32_t i = 0; i < logical->map_count.value(); ++i) {
      const auto head = CASEMENT_TRY(load<layout::MapHead>(maps, at, "partition map"));
      const bool typed = head.type == 2;
      if (head.length < sizeof(layout::MapHead)) {
        return fail(Status::corrupt, fmt::format("a partition map of {} bytes", head.length));
      }
      if (typed || head.type == 1) {
        const std::size_t field = typed ? offsetof(layout::TypedMap, partition)
                                        : offsetof(layout::PhysicalMap, partition);
        const auto number = CASEMENT_TRY(load<le16>(maps, at + field, "partition map")).value();
        if (std::ranges::none_of(
                partitions, [&](const auto& other) { return other.number.value() == number; })) {
          return damage
                     ? std::unexpected(*damage)
                     : fail(Status::corrupt, fmt::format("no descriptor of partition {}", number));
        }
      }
      at += head.length;
    }
    return {};
  }

  std::optional<layout::PrimaryVolume> primary;
  std::optional<layout::LogicalVolume> logical;
  std::vector<std::byte> maps;
  std::vector<layout::Partition> partitions;
  std::optional<Error> damage;  // the first

 private:
  /// One sector; false at the end of the sequence.
  Result<bool> take(std::uint64_t sector, UdfSequence& next) {
    const auto where = [&] { return fmt::format("sector {}", sector); };
    CASEMENT_TRY(volume_.read(sector * sector_size_, sector_).with_context(where));
    if (is_zero_filled(sector_)) {
      return false;  // never recorded: the sequence ends without a terminator
    }
    const auto tag = CASEMENT_TRY(read_udf_tag(sector_, "volume descriptor").with_context(where));
    switch (tag.identifier.value()) {
      case tag_id::primary_volume: {
        const auto found = CASEMENT_TRY(load<layout::PrimaryVolume>(sector_, 0, "descriptor"));
        if (prevails(found, primary)) {
          primary = found;
        }
        return true;
      }
      case tag_id::volume_pointer: {
        const auto pointer = CASEMENT_TRY(load<layout::VolumePointer>(sector_, 0, "descriptor"));
        next = {pointer.next.location.value(), pointer.next.length.value()};
        return true;
      }
      case tag_id::partition:
        CASEMENT_TRY(take_partition());
        return true;
      case tag_id::logical_volume:
        CASEMENT_TRY(take_logical().with_context(where));
        return true;
      default:
        return tag.identifier.value() != tag_id::terminator;
    }
  }

  Result<void> take_partition() {
    const auto found = CASEMENT_TRY(load<layout::Partition>(sector_, 0, "descriptor"));
    const auto known = std::ranges::find_if(partitions, [&](const auto& other) {
      return other.number.value() == found.number.value();
    });
    if (known == partitions.end()) {
      partitions.push_back(found);
    } else if (found.sequence_number.value() > known->sequence_number.value()) {
      *known = found;
    }
    return {};
  }

  Result<void> take_logical() {
    const auto found = CASEMENT_TRY(load<layout::LogicalVolume>(sector_, 0, "descriptor"));
    const Bytes found_maps = CASEMENT_TRY(
        slice(sector_, sizeof(found), found.map_table_length.value(), "partition maps"));
    if (prevails(found, logical)) {
      logical = found;
      maps = to_vector(found_maps);
    }
    return {};
  }

  const ByteSource& volume_;
  std::vector<std::byte> sector_;
  std::uint32_t sector_size_;
  std::uint32_t used_ = 0;
};

Result<UdfDescriptors> finish(Collector collected) {
  CASEMENT_TRY(collected.check_complete());
  UdfDescriptors out;
  out.primary = collected.primary;
  out.logical = *collected.logical;
  out.maps = std::move(collected.maps);
  out.partitions = std::move(collected.partitions);
  out.block_size = out.logical.block_size.value();
  constexpr std::uint32_t min_block = 512;
  constexpr std::uint32_t max_block = 32'768;
  if (!std::has_single_bit(out.block_size) || out.block_size < min_block ||
      out.block_size > max_block) {
    return fail(Status::corrupt, fmt::format("blocks of {} bytes", out.block_size));
  }
  if (udf_entity(out.logical.domain) == "*OSTA UDF Compliant") {
    out.revision = out.logical.domain.revision.value();
  }
  return out;
}

}  // namespace

const layout::Partition* UdfDescriptors::partition(std::uint16_t number) const noexcept {
  const auto found = std::ranges::find_if(
      partitions, [&](const auto& other) { return other.number.value() == number; });
  return found == partitions.end() ? nullptr : &*found;
}

Result<UdfDescriptors> read_udf_descriptors(const ByteSource& volume, const UdfAnchor& anchor,
                                            UniqueFindings& findings) {
  Collector collected(volume, anchor.sector_size);
  collected.read(anchor.main);
  const auto main = collected.check_complete();
  if (!main || collected.damage || !collected.primary) {
    findings.add(Severity::warning, "udf-sequence", anchor.main.sector, [&] {
      return fmt::format(
          "main volume descriptor sequence at sector {}: {}; the reserve sequence "
          "is read as well",
          anchor.main.sector,
          collected.damage ? collected.damage->message()
          : main           ? std::string("no primary volume descriptor")
                           : main.error().message());
    });
    // Equal sequence numbers do not prevail: what the main sequence has stays.
    collected.read(anchor.reserve);
  }
  return finish(std::move(collected)).with_context([&] {
    return fmt::format("volume descriptor sequences at sectors {} and {}", anchor.main.sector,
                       anchor.reserve.sector);
  });
}

bool is_udf_volume_open(const ByteSource& volume, const UdfAnchor& anchor,
                        const UdfDescriptors& descriptors) {
  layout::Extent extent = descriptors.logical.integrity;
  std::vector<std::byte> sector(anchor.sector_size);
  bool open = false;
  for (std::uint32_t used = 0; used < max_sectors && extent.length.value() != 0;) {
    const layout::Extent current = std::exchange(extent, layout::Extent{});
    const std::uint32_t count = std::max(current.length.value() / anchor.sector_size, 1U);
    for (std::uint32_t i = 0; i < count && used < max_sectors; ++i) {
      ++used;  // also of one that ends its extent: descriptors may lead in circles
      const std::uint64_t place = std::uint64_t{current.location.value()} + i;
      if (!volume.read(place * anchor.sector_size, sector) ||
          !expect_udf_tag(sector, tag_id::integrity, "integrity descriptor")) {
        break;
      }
      const auto found = load<layout::Integrity>(sector, 0, "integrity descriptor");
      open = found && found->type.value() == 0;
      if (found && found->next.length.value() != 0) {
        extent = found->next;
        break;
      }
    }
  }
  return open;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Slots as nodes.
#include "vfs/exfat/node.h"

#include "vfs/core/dos_time.h"

namespace casement {
namespace {

namespace layout = exfat_layout;

constexpr std::uint64_t deleted_bit = std::uint64_t{1} << 63;
constexpr std::uint64_t contiguous_bit = std::uint64_t{1} << 62;

/// The moment in UTC when the zone is valid, else the clock reading as it is.
FileTime to_file_time(const layout::Moment& moment, std::uint8_t hundredths,
                      std::uint8_t zone) noexcept {
  constexpr std::uint8_t zone_valid = 0x80;
  constexpr std::int64_t ticks_per_quarter = 15LL * 60 * 10'000'000;
  FileTime time = from_dos_time(moment.date.value(), moment.time.value(), hundredths);
  if ((zone & zone_valid) != 0 && time.is_set()) {
    const int quarters = (zone & 0x7F) < 0x40 ? zone & 0x7F : (zone & 0x7F) - 0x80;
    // Dates begin in 1980: a day less is still positive.
    time.ticks = static_cast<std::uint64_t>(static_cast<std::int64_t>(time.ticks) -
                                            quarters * ticks_per_quarter);
  }
  return time;
}

}  // namespace

bool ExfatNode::is_directory() const noexcept {
  return (file.attributes.value() & layout::attribute_directory) != 0;
}

NodeKind ExfatNode::kind() const noexcept {
  return is_directory() ? NodeKind::directory : NodeKind::file;
}

NodeInfo ExfatNode::info(const ExfatGeometry& geometry) const noexcept {
  NodeInfo info;
  info.kind = kind();
  info.attributes = file.attributes.value() & layout::attributes_shown;
  if (info.attributes == 0) {
    info.attributes = file_attribute::normal;
  }
  const std::uint64_t clusters = clusters_for(size(), geometry.cluster_size);
  // A size that the volume cannot hold says nothing about clusters.
  const bool possible = clusters <= geometry.cluster_count;
  info.allocated_size = deleted || !possible ? 0 : clusters * geometry.cluster_size;
  info.size = is_directory() ? 0 : size();
  info.created = to_file_time(file.created, file.created_hundredths, file.created_zone);
  info.modified = to_file_time(file.modified, file.modified_hundredths, file.modified_zone);
  info.accessed = to_file_time(file.accessed, 0, file.accessed_zone);
  return info;
}

NodeId ExfatNode::id() const noexcept {
  return {offset | (deleted ? deleted_bit : 0) | (in_contiguous ? contiguous_bit : 0)};
}

ExfatNodePlace exfat_place_of(NodeId id) noexcept {
  return {id.value & ~(deleted_bit | contiguous_bit), (id.value & deleted_bit) != 0,
          (id.value & contiguous_bit) != 0};
}

}  // namespace casement

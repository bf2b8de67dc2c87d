// SPDX-License-Identifier: Apache-2.0
// Slots as nodes.
#include "vfs/fat/node.h"

#include "vfs/core/dos_time.h"

namespace casement {
namespace {

constexpr std::uint64_t deleted_bit = std::uint64_t{1} << 63;

}  // namespace

bool FatNode::is_directory() const noexcept {
  return (slot.attributes & fat_layout::slot_attribute::directory) != 0;
}

NodeKind FatNode::kind() const noexcept {
  return is_directory() ? NodeKind::directory : NodeKind::file;
}

std::uint32_t FatNode::first_cluster(FatType type) const noexcept {
  const std::uint32_t high = type == FatType::fat32 ? slot.cluster_high.value() : 0U;
  return (high << 16) | slot.cluster_low.value();
}

NodeInfo FatNode::info(const FatGeometry& geometry) const noexcept {
  NodeInfo info;
  info.kind = kind();
  info.attributes = slot.attributes & fat_layout::slot_attribute::shown;
  if (info.attributes == 0) {
    info.attributes = file_attribute::normal;
  }
  if (!is_directory()) {
    const std::uint64_t cluster = geometry.cluster_size;
    info.size = size();
    info.allocated_size = deleted ? 0 : (info.size + cluster - 1) / cluster * cluster;
  }
  info.created =
      from_dos_time(slot.created_date.value(), slot.created_time.value(), slot.created_hundredths);
  info.modified = from_dos_time(slot.modified_date.value(), slot.modified_time.value());
  info.accessed = from_dos_time(slot.accessed_date.value(), 0);
  return info;
}

NodeId FatNode::id() const noexcept {
  return {offset | (deleted ? deleted_bit : 0)};
}

FatNodePlace place_of(NodeId id) noexcept {
  return {id.value & ~deleted_bit, (id.value & deleted_bit) != 0};
}

}  // namespace casement

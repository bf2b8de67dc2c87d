// SPDX-License-Identifier: Apache-2.0
// Volumes of one disk follow one another in an image and have the disk's identifiers in common.
#include "engine/image/disk_map.h"

#include <algorithm>

namespace casement {
namespace {

bool has_disk(const VolumeIdentity& identity) {
  return identity.disk_id || identity.mbr_signature;
}

/// Identifiers of virtual disks are worth nothing outside: they may be copies of the disk around.
bool may_share_disk(const Volume& a, const Volume& b) {
  return a.nested_disk == b.nested_disk && has_disk(b.identity);
}

bool same_identifiers(const VolumeIdentity& a, const VolumeIdentity& b) {
  return a.disk_id || b.disk_id ? a.disk_id == b.disk_id : a.mbr_signature == b.mbr_signature;
}

/// `next` cannot be a later volume of the same disk.
bool goes_back(const Volume& before, const Volume& next) {
  if (before.partition && next.partition) {
    return next.partition->number <= before.partition->number;
  }
  const VolumeIdentity& a = before.identity;
  const VolumeIdentity& b = next.identity;
  return (a.start_offset && b.start_offset && *b.start_offset <= *a.start_offset) ||
         (a.partition_id && a.partition_id == b.partition_id);
}

}  // namespace

DiskMap::DiskMap(const OpenedImage& opened) : opened_(opened) {
  std::size_t count = 0;
  for (std::size_t volume = 0; volume < opened.volumes.size(); ++volume) {
    const Volume& own = opened.volumes[volume];
    std::optional<std::size_t> disk;
    // Backwards to the nearest volume of such a disk.
    for (std::size_t before = volume; has_disk(own.identity) && before-- > 0;) {
      const Volume& other = opened.volumes[before];
      if (!may_share_disk(own, other) || !same_identifiers(own.identity, other.identity)) {
        continue;
      }
      if (!goes_back(other, own)) {
        disk = disks_[before];
      }
      break;
    }
    disks_.push_back(disk.value_or(count));
    count += disk ? 0 : 1;
  }
}

std::optional<std::uint32_t> DiskMap::arc_ordinal(std::size_t volume) const {
  const Volume& own = opened_.volumes[volume];
  if (own.partition) {
    return own.partition->arc_ordinal;
  }
  if (!own.identity.mbr_signature || !own.identity.start_offset) {
    return std::nullopt;
  }
  std::uint32_t ordinal = 1;
  for (std::size_t other = 0; other < opened_.volumes.size(); ++other) {
    const auto& start = opened_.volumes[other].identity.start_offset;
    ordinal += same_disk(volume, other) && start && *start < *own.identity.start_offset ? 1U : 0U;
  }
  return ordinal;
}

std::optional<std::uint32_t> DiskMap::volume_ordinal(std::size_t volume) const {
  const auto& own = opened_.volumes[volume].partition;
  if (!own || own->role == PartitionRole::reserved) {
    return std::nullopt;
  }
  std::uint32_t ordinal = 1;
  for (std::size_t other = 0; other < opened_.volumes.size(); ++other) {
    const auto& partition = opened_.volumes[other].partition;
    ordinal += same_disk(volume, other) && partition && partition->number < own->number &&
                       partition->role != PartitionRole::reserved
                   ? 1U
                   : 0U;
  }
  return ordinal;
}

}  // namespace casement

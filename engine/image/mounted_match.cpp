// SPDX-License-Identifier: Apache-2.0
// Exact matches first; then starts of volumes, on disks that MountedDevices does not know by name.
#include "engine/image/mounted_match.h"

#include <algorithm>
#include <set>
#include <utility>

#include "vfs/core/checked.h"

namespace casement {
namespace {

/// GPT attribute "no drive letter", for basic data partitions.
constexpr std::uint64_t no_letter_attribute = std::uint64_t{1} << 63;

/// Windows gives such partitions no letter by itself; only exact data says that somebody did.
bool usually_without_letter(const Volume& volume) {
  if (!volume.partition) {
    return false;
  }
  const PartitionRole role = volume.partition->role;
  return role == PartitionRole::efi_system || role == PartitionRole::reserved ||
         role == PartitionRole::recovery ||
         (volume.partition->attributes & no_letter_attribute) != 0;
}

/// Where the file system says that its disk had it, when nothing else says so; 0: nowhere.
std::uint64_t hidden_sectors_of(const Volume& volume) {
  const bool has_place = volume.partition || volume.identity.start_offset;
  return has_place || !volume.file_system ? 0 : volume.file_system->info().start_sector.value_or(0);
}

}  // namespace

bool identifies(const MountedTarget& target) {
  const auto* unknown = std::get_if<MountedUnknown>(&target);
  return unknown == nullptr || (!unknown->bytes.empty() && unknown->complete);
}

MountedMatcher::MountedMatcher(const OpenedImage& opened, const DiskMap& disks, Installed installed,
                               const std::vector<MountedDevice>& devices)
    : opened_(opened), disks_(disks), installed_(installed), named_(opened.volumes.size()) {
  for (const Volume& volume : opened.volumes) {
    hidden_sectors_.push_back(hidden_sectors_of(volume));
  }
  for (const MountedDevice& device : devices) {
    const auto* mbr = std::get_if<MountedMbrPartition>(&device.target);
    if (mbr == nullptr || mbr->disk_signature == 0) {
      continue;
    }
    if (const auto volume = exact(device.target)) {
      for (std::size_t other = 0; other < named_.size(); ++other) {
        named_[other] = named_[other] || disks_.same_disk(*volume, other);
      }
    }
  }
  foreign_ = foreign_signature(devices);
}

std::optional<std::size_t> MountedMatcher::only_one(std::vector<std::size_t> volumes) const {
  if (volumes.size() > 1) {
    std::erase_if(volumes, [this](std::size_t volume) {
      return !disks_.same_disk(volume, installed_.volume);
    });
  }
  return volumes.size() == 1 ? std::optional(volumes.front()) : std::nullopt;
}

std::optional<std::size_t> MountedMatcher::exact(const MountedTarget& target) const {
  std::vector<std::size_t> found;
  for (std::size_t volume = 0; volume < opened_.volumes.size(); ++volume) {
    if (names_volume(target, opened_.volumes[volume].identity)) {
      found.push_back(volume);
    }
  }
  return only_one(std::move(found));
}

/// How `volume` is known to begin there, when it may be meant by a foreign signature at all.
std::optional<LetterConfidence> MountedMatcher::starts_at(std::size_t volume,
                                                          std::uint64_t offset) const {
  const Volume& candidate = opened_.volumes[volume];
  if (named_[volume] || usually_without_letter(candidate)) {
    return std::nullopt;
  }
  if (candidate.identity.mbr_signature && candidate.identity.start_offset == offset) {
    return LetterConfidence::offset_only;
  }
  // In sectors, of the sizes that disks have.
  const std::uint64_t sector = hidden_sectors_[volume];
  const bool hidden =
      sector != 0 && (checked_mul(sector, 512) == offset || checked_mul(sector, 4096) == offset);
  return hidden ? std::optional(LetterConfidence::hidden_sectors) : std::nullopt;
}

std::optional<std::uint32_t> MountedMatcher::foreign_signature(
    const std::vector<MountedDevice>& devices) const {
  std::set<std::uint32_t> fitting;
  for (const MountedDevice& device : devices) {
    const auto* mbr = std::get_if<MountedMbrPartition>(&device.target);
    if (mbr == nullptr || exact(device.target)) {
      continue;
    }
    if (installed_.letter && device.letter == installed_.letter &&
        starts_at(installed_.volume, mbr->offset)) {
      return mbr->disk_signature;
    }
    for (std::size_t volume = 0; volume < opened_.volumes.size(); ++volume) {
      if (starts_at(volume, mbr->offset)) {
        fitting.insert(mbr->disk_signature);
        break;
      }
    }
  }
  // Many disks begin their first partition in one place: of several signatures none is sure.
  return fitting.size() == 1 ? std::optional(*fitting.begin()) : std::nullopt;
}

std::optional<MountedMatch> MountedMatcher::by_start(const MountedMbrPartition& target) const {
  if (foreign_ != target.disk_signature) {
    return std::nullopt;
  }
  std::vector<std::size_t> found;
  for (std::size_t volume = 0; volume < opened_.volumes.size(); ++volume) {
    if (starts_at(volume, target.offset)) {
      found.push_back(volume);
    }
  }
  const auto volume = only_one(std::move(found));
  return volume ? std::optional(MountedMatch{.volume = *volume,
                                             .confidence = *starts_at(*volume, target.offset)})
                : std::nullopt;
}

std::optional<MountedMatch> MountedMatcher::match(const MountedTarget& target) const {
  const auto* mbr = std::get_if<MountedMbrPartition>(&target);
  if (const auto volume = exact(target)) {
    // A signature of 0 is none: such a disk is known by the partition's place alone.
    const bool unsigned_disk = mbr != nullptr && mbr->disk_signature == 0;
    return MountedMatch{
        .volume = *volume,
        .confidence = unsigned_disk ? LetterConfidence::offset_only : LetterConfidence::exact};
  }
  return mbr != nullptr ? by_start(*mbr) : std::nullopt;
}

}  // namespace casement

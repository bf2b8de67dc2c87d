// SPDX-License-Identifier: Apache-2.0
// The volume that MountedDevices data leads to, and how sure that is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/image/disk_map.h"
#include "engine/image/drive_letters.h"
#include "engine/image/mounted_devices.h"
#include "vfs/open/opener.h"

namespace casement {

struct MountedMatch {
  std::size_t volume = 0;  // position in OpenedImage::volumes
  /// exact, offset_only or hidden_sectors.
  LetterConfidence confidence = LetterConfidence::exact;
};

/// The data identifies something, so that equal data under two names means one volume. Empty data,
/// and unknown data of which only the beginning was kept, do not.
bool identifies(const MountedTarget& target);

/// Answers for one installation. Data that names no volume of the image exactly may still mean one:
/// a disk gets a new signature when it is attached beside its copy, and a single volume has no
/// disk. Then the start of the volume decides, for one foreign signature at most: the one that the
/// installation's own letter has, else the only one that fits.
class MountedMatcher {
 public:
  struct Installed {
    std::size_t volume = 0;          // that holds the installation
    std::optional<char16_t> letter;  // that SystemRoot names
  };

  /// Precondition: all arguments outlive this.
  MountedMatcher(const OpenedImage& opened, const DiskMap& disks, Installed installed,
                 const std::vector<MountedDevice>& devices);

  /// Of volumes with one identity the one on the disk of the installation; nullopt: none, or
  /// nothing tells several apart.
  std::optional<MountedMatch> match(const MountedTarget& target) const;

 private:
  std::optional<std::size_t> only_one(std::vector<std::size_t> volumes) const;
  std::optional<std::size_t> exact(const MountedTarget& target) const;
  std::optional<MountedMatch> by_start(const MountedMbrPartition& target) const;
  std::optional<LetterConfidence> starts_at(std::size_t volume, std::uint64_t offset) const;
  std::optional<std::uint32_t> foreign_signature(const std::vector<MountedDevice>& devices) const;

  const OpenedImage& opened_;
  const DiskMap& disks_;
  Installed installed_;
  std::vector<bool> named_;                    // by volume: MountedDevices knows its disk exactly
  std::vector<std::uint64_t> hidden_sectors_;  // by volume; 0: not known, or it has a partition
  std::optional<std::uint32_t> foreign_;
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Which volume and which installation a boot entry means.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/bcd/device.h"
#include "engine/image/boot_stores.h"
#include "engine/image/examined.h"
#include "vfs/open/opener.h"

namespace casement {

/// The virtual disk that a device is, or is a partition of; nullptr: it lies in none.
const BcdDevice* virtual_disk_of(const BcdDevice& device);

/// Answers for one image. What volumes are called is known from partition tables and, for
/// directories and for disks that got a new signature, from the MountedDevices of the installations
/// on them.
class BootTargets {
 public:
  /// Precondition: all of them outlive this.
  BootTargets(const OpenedImage& opened, const DiskMap& disks,
              std::span<const Examined> installations)
      : opened_(opened), disks_(disks), installations_(installations) {}

  /// The volume, readable or not, that a device of a store on `store_volume` names; of copies the
  /// one on the disk of the store. Volumes of virtual disks are named through the file of the disk
  /// alone.
  std::optional<std::size_t> volume_of(const BcdDevice& device, std::size_t store_volume) const;

  /// The volume, readable or not, of an ARC name in a boot.ini on `store_volume`. Which disk
  /// rdisk() or disk() means is known to the firmware alone: the disk of the boot.ini is tried
  /// first, then every disk whose partition of that ordinal has the directory. Without partition
  /// tables, the volume that has the directory.
  std::optional<std::size_t> volume_of(const ArcPath& arc, std::u16string_view directory,
                                       std::size_t store_volume) const;

  /// The file that a virtual disk or a RAM disk is made from: on the volume that the device names;
  /// where that is none of the image, and for files that are to be located, on the first volume
  /// that has it. not_found: it is not there. unsupported: its volume cannot be read, or lies in
  /// another virtual disk. Errors of the file system.
  Result<NestedDisk> file_of(const BcdDevice& device, std::size_t store_volume) const;

  /// "ok", "stale", "missing", "unresolved": BootStore::bootmgr_device.
  std::string bootmgr_state(const BootStore& store) const;

  /// A loader of a store with the place that it starts.
  struct Loader {
    BootEntry entry;                    // without starts_chosen
    std::optional<std::size_t> volume;  // nullopt: the device leads to none of this image
    /// The partition has the identifier that the entry names and its disk another one; else empty.
    std::string other_disk;
    const BcdDevice* os_device = nullptr;  // of the store; nullptr: it has none
  };
  /// Every loader of the store, in the order of its menu.
  std::vector<Loader> loaders(const FoundStore& found) const;

  /// The loader starts that installation.
  bool starts(const Loader& loader, const Installation& installation) const;

 private:
  bool names(const BcdDevice& device, std::size_t volume) const;
  /// The volume of the virtual disk `vhd`, which was opened, that `device` names.
  std::optional<std::size_t> volume_inside(const BcdDevice& device, const BcdDevice& vhd,
                                           std::size_t store_volume) const;

  const OpenedImage& opened_;
  const DiskMap& disks_;
  std::span<const Examined> installations_;
};

}  // namespace casement

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
  /// one on the disk of the store.
  std::optional<std::size_t> volume_of(const BcdDevice& device, std::size_t store_volume) const;

  /// The volume, readable or not, of an ARC name in a boot.ini on `store_volume`. Which disk
  /// rdisk() or disk() means is known to the firmware alone: the disk of the boot.ini is tried
  /// first, then every disk whose partition of that ordinal has the directory. Without partition
  /// tables, the volume that has the directory.
  std::optional<std::size_t> volume_of(const ArcPath& arc, std::u16string_view directory,
                                       std::size_t store_volume) const;

  /// "ok", "stale", "missing", "unresolved": BootStore::bootmgr_device.
  std::string bootmgr_state(const BootStore& store) const;

  /// A loader of a store with the place that it starts.
  struct Loader {
    BootEntry entry;                    // without starts_chosen
    std::optional<std::size_t> volume;  // nullopt: the device leads to none of this image
    /// The partition has the identifier that the entry names and its disk another one; else empty.
    std::string other_disk;
  };
  /// Every loader of the store, in the order of its menu.
  std::vector<Loader> loaders(const FoundStore& found) const;

  /// The loader starts that installation.
  bool starts(const Loader& loader, const Installation& installation) const;

 private:
  bool names(const BcdDevice& device, std::size_t volume) const;

  const OpenedImage& opened_;
  const DiskMap& disks_;
  std::span<const Examined> installations_;
};

}  // namespace casement

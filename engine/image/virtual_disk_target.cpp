// SPDX-License-Identifier: Apache-2.0
// The files that boot entries start from, and the volumes of virtual disks among them.
#include <fmt/format.h>

#include <utility>
#include <vector>

#include "engine/image/boot_target.h"
#include "engine/image/node_lookup.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

using Kind = BcdDevice::Kind;

/// The identifiers that the device gives for a partition of its disk are those of this volume.
bool is_that_partition(const BcdDevice& device, const VolumeIdentity& identity) {
  if (device.scheme == BcdPartitionScheme::gpt) {
    return identity.partition_id == device.partition_id;
  }
  return device.scheme == BcdPartitionScheme::mbr && !device.partition_number &&
         identity.mbr_signature == device.mbr_signature &&
         identity.start_offset == device.mbr_offset;
}

/// Of the volumes on a virtual disk, the one that a device on that disk means.
bool means(const BcdDevice& device, const Volume& volume) {
  if (!volume.partition && !volume.bytes) {
    return true;  // the disk could not be opened: this stands for all of it
  }
  if (device.kind == Kind::partition && device.scheme != BcdPartitionScheme::raw) {
    return is_that_partition(device, volume.identity);
  }
  if (!volume.file_system) {
    return false;
  }
  if (device.kind != Kind::locate) {
    return true;  // the disk as a whole: the first volume that can be read
  }
  const auto found = find_below(*volume.file_system, volume.file_system->root(), device.path);
  return !device.path.empty() && found && *found;
}

/// Volumes of the image itself, those on the disk of `first` before the others.
std::vector<std::size_t> readable_volumes(const OpenedImage& opened, const DiskMap& disks,
                                          std::size_t first) {
  std::vector<std::size_t> order;
  for (const bool near : {true, false}) {
    for (std::size_t volume = 0; volume < opened.volumes.size(); ++volume) {
      const Volume& candidate = opened.volumes[volume];
      if (candidate.file_system && !candidate.nested_disk &&
          disks.same_disk(volume, first) == near) {
        order.push_back(volume);
      }
    }
  }
  return order;
}

/// nullopt: the volume has no such file. Precondition: it can be read.
Result<std::optional<NestedDisk>> file_on(const OpenedImage& opened, std::size_t volume,
                                          std::u16string_view path) {
  const FileSystem& file_system = *opened.volumes[volume].file_system;
  const auto found =
      CASEMENT_TRY(find_file_below(file_system, file_system.root(), path).with_context([&] {
        return fmt::format("{} on {}", to_utf8(path), opened.volumes[volume].name);
      }));
  if (!found ||
      found->kind != NodeKind::file) {  // links may lead anywhere; the firmware follows none
    return std::optional<NestedDisk>();
  }
  return std::optional(
      NestedDisk{.volume = volume, .file = found->node, .path = as_rooted(found->path)});
}

}  // namespace

const BcdDevice* virtual_disk_of(const BcdDevice& device) {
  if (device.kind == Kind::vhd) {
    return &device;
  }
  const bool lies_on_disk = device.kind == Kind::partition || device.kind == Kind::locate;
  return lies_on_disk && device.parent && device.parent->kind == Kind::vhd ? device.parent.get()
                                                                           : nullptr;
}

Result<NestedDisk> BootTargets::file_of(const BcdDevice& device, std::size_t store_volume) const {
  const std::string path = to_utf8(device.path);
  if (path.empty() || !device.parent) {
    return fail(Status::not_found, "the boot entry names no file");
  }
  const BcdDevice& place = *device.parent;
  if (place.parent) {
    return fail(Status::unsupported,
                fmt::format("{} lies in {}, which is not followed", path, describe(place)));
  }
  const bool is_named = place.kind != Kind::locate;
  const auto named = is_named ? volume_of(place, store_volume) : std::nullopt;
  if (named && !opened_.volumes[*named].file_system) {
    const Volume& holder = opened_.volumes[*named];
    return fail(Status::unsupported,
                fmt::format("{} is on {}, which {}: {}", path, holder.name,
                            holder.locked ? "is locked" : "cannot be read", holder.reason));
  }
  if (named) {
    auto found = CASEMENT_TRY(file_on(opened_, *named, device.path));
    return found ? Result<NestedDisk>(*std::move(found))
                 : fail(Status::not_found,
                        fmt::format("{} is not on {}", path, opened_.volumes[*named].name));
  }
  std::optional<Error> unreadable;
  for (const std::size_t volume : readable_volumes(opened_, disks_, store_volume)) {
    auto found = file_on(opened_, volume, device.path);
    if (!found) {
      unreadable = std::move(found).error();
    } else if (*found) {
      return **std::move(found);
    }
  }
  if (unreadable) {
    return std::unexpected(*std::move(unreadable));
  }
  return fail(
      Status::not_found,
      is_named ? fmt::format("{} is on no volume, and the image has no {}", path, describe(place))
               : fmt::format("{} is on no volume", path));
}

std::optional<std::size_t> BootTargets::volume_inside(const BcdDevice& device, const BcdDevice& vhd,
                                                      std::size_t store_volume) const {
  if (opened_.nested_disks.empty()) {
    return std::nullopt;
  }
  // As when the disks were opened: what installations call volumes was not known yet.
  const auto file = BootTargets(opened_, disks_, {}).file_of(vhd, store_volume);
  if (!file) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < opened_.volumes.size(); ++i) {
    const Volume& volume = opened_.volumes[i];
    if (!volume.nested_disk) {
      continue;
    }
    const NestedDisk& disk = opened_.nested_disks[*volume.nested_disk];
    if (disk.volume == file->volume && disk.file == file->file && means(device, volume)) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace casement

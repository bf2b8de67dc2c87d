// SPDX-License-Identifier: Apache-2.0
// Resolving BCD devices and ARC names to the volumes of an image.
#include "engine/image/boot_target.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/image/node_lookup.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// The same question in the words of MountedDevices; nullopt for devices that are no partition.
std::optional<MountedTarget> as_mounted(const BcdDevice& device) {
  if (device.kind != BcdDevice::Kind::partition || device.parent || !device.scheme) {
    return std::nullopt;
  }
  if (*device.scheme == BcdPartitionScheme::gpt) {
    return MountedGuid{device.partition_id};
  }
  if (*device.scheme == BcdPartitionScheme::mbr && !device.partition_number) {
    return MountedMbrPartition{.disk_signature = device.mbr_signature, .offset = device.mbr_offset};
  }
  return std::nullopt;
}

bool has_identity(const VolumeIdentity& identity) {
  return identity.partition_id || (identity.mbr_signature && identity.start_offset);
}

bool has_directory(const Volume& volume, std::u16string_view path) {
  if (!volume.file_system) {
    return false;
  }
  const auto found = find_directory_below(*volume.file_system, volume.file_system->root(), path);
  return found && *found;
}

const std::u16string* text_of(const BcdStore& store, const BcdObject& object, std::uint32_t type) {
  const BcdElement* element = store.effective(object, type);
  return element == nullptr ? nullptr : element->string();
}

std::u16string text_or_empty(const BcdStore& store, const BcdObject& object, std::uint32_t type) {
  const std::u16string* text = text_of(store, object, type);
  return text == nullptr ? std::u16string() : *text;
}

/// A GPT partition that is found by its own identifier on a disk with another one.
std::string other_disk_note(const BcdDevice& device, const VolumeIdentity& identity) {
  const bool other = !device.parent && device.kind == BcdDevice::Kind::partition &&
                     device.scheme == BcdPartitionScheme::gpt && identity.disk_id &&
                     *identity.disk_id != device.disk_id;
  return other ? fmt::format("it names disk {}, and the partition is on disk {}",
                             device.disk_id.to_string(), identity.disk_id->to_string())
               : std::string();
}

}  // namespace

bool BootTargets::names(const BcdDevice& device, std::size_t volume) const {
  const auto target = as_mounted(device);
  if (!target) {
    return false;
  }
  const VolumeIdentity& identity = opened_.volumes[volume].identity;
  if (names_volume(*target, identity)) {
    return true;
  }
  // A volume with identifiers of its own is meant by others only when its disk has been given new
  // ones.
  const bool identified = has_identity(identity);
  return std::any_of(installations_.begin(), installations_.end(), [&](const Examined& examined) {
    return std::any_of(examined.letters.known_as.begin(), examined.letters.known_as.end(),
                       [&](const KnownVolume& known) {
                         return known.volume == volume && known.target == *target &&
                                (!identified || known.confidence == LetterConfidence::offset_only);
                       });
  });
}

std::optional<std::size_t> BootTargets::volume_of(const BcdDevice& device,
                                                  std::size_t store_volume) const {
  if (device.kind == BcdDevice::Kind::boot) {
    return store_volume;
  }
  if (const BcdDevice* vhd = virtual_disk_of(device)) {
    return volume_inside(device, *vhd, store_volume);
  }
  std::optional<std::size_t> first;
  for (std::size_t volume = 0; volume < opened_.volumes.size(); ++volume) {
    if (opened_.volumes[volume].nested_disk) {
      continue;
    }
    const FileSystemPtr& file_system = opened_.volumes[volume].file_system;
    if (device.kind == BcdDevice::Kind::locate && !device.parent && !device.path.empty()) {
      const auto found = file_system ? find_below(*file_system, file_system->root(), device.path)
                                     : Result<std::optional<FoundNode>>(std::optional<FoundNode>());
      if (found && *found) {
        return volume;
      }
    } else if (names(device, volume)) {
      if (disks_.same_disk(volume, store_volume)) {
        return volume;
      }
      first = first.value_or(volume);
    }
  }
  return first;
}

std::optional<std::size_t> BootTargets::volume_of(const ArcPath& arc, std::u16string_view directory,
                                                  std::size_t store_volume) const {
  // A disk that got a new signature since is found as one without: by the partition's ordinal.
  const bool by_signature =
      arc.kind == ArcPath::Kind::signature &&
      std::any_of(opened_.volumes.begin(), opened_.volumes.end(), [&arc](const Volume& volume) {
        return volume.identity.mbr_signature == arc.controller;
      });
  std::optional<std::size_t> best;
  int best_rank = 0;
  for (std::size_t volume = 0; volume < opened_.volumes.size(); ++volume) {
    const Volume& candidate = opened_.volumes[volume];
    if (candidate.nested_disk || disks_.arc_ordinal(volume) != arc.partition ||
        (by_signature && candidate.identity.mbr_signature != arc.controller)) {
      continue;
    }
    const bool same_disk = disks_.same_disk(volume, store_volume);
    const bool near = by_signature || same_disk;
    int rank = same_disk ? 2 : 1;
    if (has_directory(candidate, directory)) {
      rank += near ? 2 : 0;
    } else if (!near || candidate.file_system) {
      continue;  // only what cannot be read may be meant without the directory
    }
    if (rank > best_rank) {
      best = volume;
      best_rank = rank;
    }
  }
  if (best || disks_.arc_ordinal(store_volume)) {
    return best;  // the partitions are known: it is this one, or none of them
  }
  if (has_directory(opened_.volumes[store_volume], directory)) {
    return store_volume;
  }
  for (std::size_t volume = 0; volume < opened_.volumes.size(); ++volume) {
    if (!opened_.volumes[volume].nested_disk && has_directory(opened_.volumes[volume], directory)) {
      return volume;
    }
  }
  return std::nullopt;
}

std::string BootTargets::bootmgr_state(const BootStore& store) const {
  if (!store.store) {
    return store.error.empty() ? "missing" : "unresolved";
  }
  const BcdObject* manager = store.store->boot_manager();
  const BcdElement* element =
      manager == nullptr ? nullptr : store.store->effective(*manager, bcd::device);
  const BcdDevice* device = element == nullptr ? nullptr : element->device();
  if (device == nullptr) {
    return "missing";
  }
  const auto volume = volume_of(*device, store.volume);
  if (volume) {
    return *volume == store.volume ? "ok" : "stale";
  }
  // Only a volume whose own identity is known can be told apart from the one that is named.
  return as_mounted(*device) && has_identity(opened_.volumes[store.volume].identity) ? "stale"
                                                                                     : "unresolved";
}

std::vector<BootTargets::Loader> BootTargets::loaders(const FoundStore& found) const {
  std::vector<Loader> loaders;
  if (found.ini) {
    for (const BootIniEntry& line : found.ini->entries) {
      Loader loader;
      loader.entry.id = line.location;
      loader.entry.description = line.description;
      loader.entry.system_root = line.directory;
      loader.entry.device = line.location;
      loader.entry.is_default = line.is_default;
      loader.entry.in_display_order = true;
      if (line.arc) {
        loader.volume = volume_of(*line.arc, line.directory, found.store.volume);
      }
      loaders.push_back(std::move(loader));
    }
    return loaders;
  }
  if (!found.store.store) {
    return loaders;
  }
  const BcdStore& store = *found.store.store;
  std::vector<const BcdObject*> objects = store.boot_order();
  const std::vector<const BcdObject*> ordered = objects;
  for (const BcdObject* object : store.os_loaders()) {
    if (std::find(objects.begin(), objects.end(), object) == objects.end()) {
      objects.push_back(object);
    }
  }
  for (const BcdObject* object : objects) {
    if (object->kind() != BcdObjectKind::os_loader) {
      continue;
    }
    Loader loader;
    loader.entry.id = display_id(object->id);
    loader.entry.description = text_or_empty(store, *object, bcd::description);
    loader.entry.path = text_or_empty(store, *object, bcd::path);
    loader.entry.system_root = text_or_empty(store, *object, bcd::system_root);
    loader.entry.is_default = object == store.default_entry();
    loader.entry.in_display_order =
        std::find(ordered.begin(), ordered.end(), object) != ordered.end();
    const BcdElement* element = store.effective(*object, bcd::os_device);
    if (const BcdDevice* device = element == nullptr ? nullptr : element->device()) {
      loader.os_device = device;
      loader.entry.device = describe(*device);
      loader.volume = volume_of(*device, found.store.volume);
      if (loader.volume) {
        loader.other_disk = other_disk_note(*device, opened_.volumes[*loader.volume].identity);
      }
    }
    loaders.push_back(std::move(loader));
  }
  return loaders;
}

bool BootTargets::starts(const Loader& loader, const Installation& installation) const {
  return loader.volume == installation.volume && !loader.entry.system_root.empty() &&
         same_rooted(loader.entry.system_root, installation.windows_directory);
}

}  // namespace casement

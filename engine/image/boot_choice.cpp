// SPDX-License-Identifier: Apache-2.0
// Scoring boot stores. What partitions say counts only where there are partitions.
#include "engine/image/boot_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/image/start_record.h"
#include "vfs/core/utf16.h"

namespace casement {

void add_points(BootStore& store, std::string what, int points, std::string where) {
  store.score += points;
  store.evidence.push_back({std::move(what), points, std::move(where)});
}

namespace {

/// The volume itself, or the one that holds the file of its virtual disk.
std::size_t real_volume(const OpenedImage& opened, std::size_t volume) {
  const auto disk = opened.volumes[volume].nested_disk;
  return disk ? opened.nested_disks[*disk].volume : volume;
}

struct Judged {
  FoundStore found;
  std::size_t position = 0;  // in the order of finding: UEFI before BIOS, volume by volume
  std::vector<BootEntry> entries;
};

/// The firmware starts a boot manager from such a partition.
void judge_partition(BootStore& store, const Volume& volume) {
  if (!volume.partition) {
    return;
  }
  if (store.firmware == Firmware::uefi && volume.partition->role == PartitionRole::efi_system) {
    add_points(store, "on an EFI system partition", 15, volume.name);
  } else if (store.firmware == Firmware::bios && volume.partition->active) {
    add_points(store, "on the active partition", 15, volume.name);
  }
}

Judged judge(const OpenedImage& opened, const DiskMap& disks, FoundStore found,
             const BootTargets& targets, const Examined& examined) {
  const Installation& installation = examined.installation;
  Judged judged{.found = std::move(found), .position = 0, .entries = {}};
  BootStore& store = judged.found.store;
  store.bootmgr_device = targets.bootmgr_state(store);
  const BootEntry* starter = nullptr;
  for (BootTargets::Loader& loader : targets.loaders(judged.found)) {
    loader.entry.starts_chosen = targets.starts(loader, installation);
    judged.entries.push_back(std::move(loader.entry));
  }
  for (const BootEntry& entry : judged.entries) {
    if (entry.starts_chosen && (starter == nullptr || (entry.is_default && !starter->is_default))) {
      starter = &entry;
    }
  }
  if (starter != nullptr) {
    add_points(store,
               fmt::format("entry \"{}\" starts {}", to_utf8(starter->description),
                           to_utf8(installation.windows_directory)),
               40, starter->id);
  }
  if (store.bootmgr_device == "ok") {
    add_points(store, "{bootmgr} names this volume", 20, "{bootmgr}!device");
  }
  judge_partition(store, opened.volumes[store.volume]);
  const std::string& volume = opened.volumes[store.volume].name;
  if (store.volume == installation.volume) {
    add_points(store, "on the volume of the installation", 10, volume);
  } else if (disks.same_disk(store.volume, real_volume(opened, installation.volume))) {
    add_points(store, "on the disk of the installation", 10, volume);
  }
  score_start_record(store, disks, examined.facts.start, installation);
  if (judged.found.has_boot_manager) {
    add_points(store, "boot manager beside it", 5, judged.found.boot_manager_path);
  }
  return judged;
}

/// Better ones first; a store that cannot be read is behind every one that can.
bool better(const Judged& a, const Judged& b) {
  const BootStore& left = a.found.store;
  const BootStore& right = b.found.store;
  const bool left_read = left.error.empty();
  const bool right_read = right.error.empty();
  if (left_read != right_read) {
    return left_read;
  }
  if (left.score != right.score) {
    return left.score > right.score;
  }
  const FileTime left_time = left.store ? left.store->last_written() : FileTime{};
  const FileTime right_time = right.store ? right.store->last_written() : FileTime{};
  return left_time != right_time ? left_time > right_time : a.position < b.position;
}

std::optional<char16_t> letter_for(const DriveLetters& letters, std::size_t volume) {
  std::optional<char16_t> found;
  for (const DriveLetter& letter : letters.letters) {
    if (letter.volume == volume && (!found || letter.is_system_root)) {
      found = letter.letter;
    }
  }
  return found;
}

std::string reason_for(const OpenedImage& opened, const BootStore& store, bool by_caller) {
  std::string reason =
      fmt::format("{} on {}", to_utf8(store.path), opened.volumes[store.volume].name);
  const char* separator = reason.ends_with(':') ? " " : ": ";  // "on S: entry ..."
  if (by_caller) {
    reason += ", on the system drive that the caller named";
  }
  if (!store.error.empty()) {
    return reason + ", which cannot be read: " + store.error;
  }
  for (const ScoreItem& item : store.evidence) {
    reason += separator + item.what;
    separator = ", ";
  }
  return reason;
}

std::string reason_for_none(const OpenedImage& opened) {
  std::string reason = fmt::format("no boot store: {} are on none of the {} volumes",
                                   boot_store_places(), opened.volumes.size());
  for (const Volume& volume : opened.volumes) {
    if (!volume.file_system) {
      reason += fmt::format("; {} cannot be read: {}", volume.name, volume.reason);
    }
  }
  return reason + " (usual for captured or applied volumes, whose boot partition is elsewhere)";
}

}  // namespace

BootManager choose_boot_manager(const OpenedImage& opened, const DiskMap& disks,
                                std::vector<FoundStore> stores, const BootTargets& targets,
                                const Examined& examined, const DriveLetters& letters,
                                std::optional<std::size_t> only_volume) {
  std::vector<Judged> judged;
  judged.reserve(stores.size());
  for (FoundStore& found : stores) {
    judged.push_back(judge(opened, disks, std::move(found), targets, examined));
    judged.back().position = judged.size();
  }
  std::sort(judged.begin(), judged.end(), better);

  BootManager manager;
  for (std::size_t i = 0; i < judged.size() && !manager.chosen; ++i) {
    if (!only_volume || judged[i].found.store.volume == *only_volume) {
      manager.chosen = i;
    }
  }
  for (Judged& each : judged) {
    manager.stores.push_back(std::move(each.found.store));
  }
  if (!manager.chosen) {
    manager.reason = reason_for_none(opened);
    return manager;
  }
  const BootStore& store = manager.stores[*manager.chosen];
  manager.entries = std::move(judged[*manager.chosen].entries);
  manager.drive = letter_for(letters, store.volume);
  manager.reason = reason_for(opened, store, only_volume.has_value());
  return manager;
}

}  // namespace casement

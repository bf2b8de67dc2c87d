// SPDX-License-Identifier: Apache-2.0
// Asking volumes, installations and boot stores what is where.
#include "tools/casement/commands/volume_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/image/boot_stores.h"
#include "engine/image/node_lookup.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

/// Where Windows Setup puts the recovery environment, on a partition of its own or beside Windows.
constexpr std::u16string_view recovery_image = u"\\Recovery\\WindowsRE\\Winre.wim";

/// A volume with installations without end would be a hostile one; the list of them is elsewhere.
constexpr std::size_t most_held = 8;

void add_once(std::vector<std::string>& list, std::string text) {
  if (list.size() < most_held && std::ranges::find(list, text) == list.end()) {
    list.push_back(std::move(text));
  }
}

std::string describe(const Installation& installation) {
  const char* kind = "Windows";
  switch (installation.kind) {
    case InstallationClass::winpe:
      kind = "Windows PE";
      break;
    case InstallationClass::winre:
      kind = "Windows RE";
      break;
    case InstallationClass::previous:
      kind = "previous Windows";
      break;
    case InstallationClass::upgrade_stage:
      kind = "staged upgrade";
      break;
    case InstallationClass::client:
    case InstallationClass::server:
    case InstallationClass::unknown:
      break;
  }
  return kind;
}

std::optional<std::uint64_t> size_of(const Volume& volume, const FileSystemInfo& info) {
  if (volume.partition) {
    return volume.partition->size;
  }
  if (volume.bytes) {
    return volume.bytes->size();
  }
  return info.size == 0 ? std::nullopt : std::optional(info.size);
}

std::optional<std::uint64_t> offset_of(const Volume& volume) {
  return volume.partition ? std::optional(volume.partition->offset) : volume.identity.start_offset;
}

bool has_recovery_image(const FileSystem& file_system) {
  const auto found = find_file_below(file_system, file_system.root(), recovery_image);
  return found && *found;  // an unreadable volume has its own finding
}

void add_by_itself(VolumeReport& report) {
  const Volume& volume = *report.volume;
  const bool recovery = volume.partition && volume.partition->role == PartitionRole::recovery;
  if (recovery || (volume.file_system && has_recovery_image(*volume.file_system))) {
    add_once(report.holds, "recovery");
  }
}

void add_store(std::vector<VolumeReport>& reports, std::size_t volume, bool starts_windows) {
  if (volume < reports.size()) {
    add_once(reports[volume].holds, starts_windows ? "boot manager" : "boot store");
  }
}

/// Without an installation a store is all that says where it would boot from.
void add_stores_of(const OpenedImage& opened, std::vector<VolumeReport>& reports) {
  for (const FoundStore& found : find_boot_stores(opened, Limits{})) {
    add_store(reports, found.store.volume, found.has_boot_manager);
  }
}

void add_facts_of(const Image& image, std::vector<VolumeReport>& reports) {
  for (const Installation& installation : image.installations()) {
    if (installation.volume < reports.size()) {
      add_once(reports[installation.volume].holds, describe(installation));
    }
  }
  const BootManager& boot = image.boot_manager();
  for (std::size_t i = 0; i < boot.stores.size(); ++i) {
    add_store(reports, boot.stores[i].volume, boot.chosen == i);
  }
}

}  // namespace

std::vector<VolumeReport> gather_volumes(const OpenedImage& opened, const Image* image) {
  std::vector<VolumeReport> reports;
  for (std::size_t i = 0; i < opened.volumes.size(); ++i) {
    const Volume& volume = opened.volumes[i];
    VolumeReport report;
    report.volume = &volume;
    report.selected = opened.selected == i;
    if (volume.nested_disk) {
      const NestedDisk& disk = opened.nested_disks[*volume.nested_disk];
      report.virtual_disk = {.volume = opened.volumes[disk.volume].index, .path = disk.path};
    }
    if (volume.file_system) {
      report.file_system = volume.file_system->info();
    }
    if (image != nullptr) {
      report.letter = letter_of(*image, i);
    } else if (volume.collected_as) {
      report.letter = fmt::format("{}:", static_cast<char>(*volume.collected_as));
    }
    report.size = size_of(volume, report.file_system);
    report.offset = offset_of(volume);
    reports.push_back(std::move(report));
  }
  if (image != nullptr) {
    add_facts_of(*image, reports);
  } else {
    add_stores_of(opened, reports);
  }
  for (VolumeReport& report : reports) {
    add_by_itself(report);
  }
  return reports;
}

std::optional<std::string> letter_of(const Image& image, std::size_t volume) {
  for (const DriveLetter& letter : image.drive_letters().letters) {
    if (letter.volume == volume) {
      return fmt::format("{}:", static_cast<char>(letter.letter));
    }
  }
  return std::nullopt;
}

std::string content_name(const VolumeReport& report) {
  if (!report.file_system.version.empty()) {
    return report.file_system.version;
  }
  return report.volume->file_system ? report.volume->file_system->type_name()
                                    : report.volume->content;
}

const char* partition_role_name(PartitionRole role) noexcept {
  switch (role) {
    case PartitionRole::basic:
      return "basic";
    case PartitionRole::efi_system:
      return "efi_system";
    case PartitionRole::reserved:
      return "reserved";
    case PartitionRole::recovery:
      return "recovery";
    case PartitionRole::dynamic_disk:
      return "dynamic_disk";
    case PartitionRole::storage_spaces:
      return "storage_spaces";
    case PartitionRole::other:
      break;
  }
  return "other";
}

}  // namespace casement::cli

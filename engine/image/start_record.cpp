// SPDX-License-Identifier: Apache-2.0
// ARC names count disks as the firmware found them, which an image cannot know; within one disk
// they count partitions, which it can.
#include "engine/image/start_record.h"

#include <fmt/format.h>

#include "engine/image/boot_ini.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

std::optional<ArcPath> arc_of(const std::optional<std::u16string>& text) {
  const auto parsed = text ? parse_arc_path(to_utf8(*text)) : std::nullopt;
  return parsed ? std::optional(parsed->path) : std::nullopt;
}

bool one_disk(const ArcPath& a, const ArcPath& b) {
  return a.kind == b.kind && a.controller == b.controller && a.disk == b.disk && a.rdisk == b.rdisk;
}

/// The N of "\Device\HarddiskVolumeN".
std::optional<std::uint32_t> volume_number(const std::optional<std::u16string>& text) {
  constexpr std::u16string_view prefix = u"\\Device\\HarddiskVolume";
  constexpr std::size_t most_digits = 6;
  if (!text || text->size() <= prefix.size() || text->size() > prefix.size() + most_digits ||
      !equals_folded(std::u16string_view(*text).substr(0, prefix.size()), prefix)) {
    return std::nullopt;
  }
  return parse_digits<std::uint32_t>(std::u16string_view(*text).substr(prefix.size()));
}

/// Whether the firmware's partition and that of Windows were on one disk, and so should these.
bool disks_agree(const StartRecord& record, bool same_disk) {
  const auto firmware = arc_of(record.firmware_boot_device);
  const auto system = arc_of(record.system_boot_device);
  return !firmware || !system || one_disk(*firmware, *system) == same_disk;
}

/// "partition 2" where SYSTEM says another one; nullopt: it says nothing, or agrees.
std::optional<std::string> other_partition(const std::optional<std::u16string>& recorded,
                                           const DiskMap& disks, std::size_t volume) {
  const auto arc = arc_of(recorded);
  const auto ordinal = disks.arc_ordinal(volume);
  if (!arc || !ordinal || arc->partition == *ordinal) {
    return std::nullopt;
  }
  return fmt::format("it is partition {} of its disk, and {} was the one ({})", *ordinal,
                     arc->partition, to_utf8(*recorded));
}

}  // namespace

void score_start_record(BootStore& store, const DiskMap& disks, const StartRecord& record,
                        const Installation& installation) {
  const bool same_disk = disks.same_disk(store.volume, installation.volume);
  const auto arc = arc_of(record.firmware_boot_device);
  if (arc && disks.arc_ordinal(store.volume) == arc->partition && disks_agree(record, same_disk)) {
    add_points(store, "on the partition that the firmware started from", 10,
               "SYSTEM Control!FirmwareBootDevice");
  }
  const auto number = volume_number(record.system_partition);
  if (number && same_disk && disks.volume_ordinal(store.volume) == *number) {
    add_points(store, "on the volume that Setup names", 5, "SYSTEM\\Setup!SystemPartition");
  }
}

void report_moved(const BootStore* store, const DiskMap& disks, const StartRecord& record,
                  const Installation& installation, Diagnostics& findings) {
  // Nothing public says how ARC names count the partitions of virtual disks.
  const auto other = installation.virtual_disk.empty()
                         ? other_partition(record.system_boot_device, disks, installation.volume)
                         : std::nullopt;
  if (other) {
    findings.add(Severity::note, "moved-or-cloned",
                 fmt::format("Windows ran from another partition: {}", *other));
  }
  if (store == nullptr) {
    return;
  }
  if (const auto elsewhere = other_partition(record.firmware_boot_device, disks, store->volume)) {
    findings.add(Severity::note, "moved-or-cloned",
                 fmt::format("{} is on another partition than the boot manager that Windows was "
                             "started with: {}",
                             to_utf8(store->path), *elsewhere));
  }
}

}  // namespace casement

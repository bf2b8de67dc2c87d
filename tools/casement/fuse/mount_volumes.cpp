// SPDX-License-Identifier: Apache-2.0
// Volumes, their names and their letters.
#include "tools/casement/fuse/mount_volumes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "tools/casement/fuse/file_name.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

constexpr char16_t usual_letter = u'C';

MountedVolume describe(const Volume& volume, const DriveMap& drives) {
  MountedVolume described;
  described.file_system = volume.file_system;
  described.alone = volume.wim_image.has_value();
  for (const auto& [letter, file_system] : drives.letters) {
    if (file_system == volume.file_system) {
      described.letters.push_back(letter);
    }
  }
  if (described.letters.empty() && volume.collected_as) {
    described.letters.push_back(*volume.collected_as);
  }
  for (const auto& [id, file_system] : drives.volumes) {
    if (file_system == volume.file_system) {
      described.ids.push_back(id);
    }
  }
  if (volume.identity.partition_id) {
    described.ids.push_back(*volume.identity.partition_id);
  }
  return described;
}

bool has_letter(const MountedVolume& volume) {
  return std::ranges::find(volume.letters, usual_letter) != volume.letters.end();
}

/// Volumes that no Windows speaks of, and images of a WIM: their links say "C:" of themselves.
void add_usual_letter(MountedVolume& volume, const DriveMap& drives) {
  const bool taken = drives.letters.contains(usual_letter) && !volume.alone;
  const bool unnamed = volume.letters.empty() || volume.alone;
  if (unnamed && !taken && !has_letter(volume)) {
    volume.letters.push_back(usual_letter);
  }
}

/// A letter only when it is the drive's own: every image of a WIM could be "C".
std::string directory_name(const Volume& volume, const MountedVolume& described) {
  if (volume.wim_image) {
    return fmt::format("image {}", *volume.wim_image);
  }
  if (!described.letters.empty()) {
    return std::string(1, static_cast<char>(described.letters.front()));
  }
  if (volume.partition) {
    return fmt::format("partition {}", volume.partition->number);
  }
  const auto name = to_file_name(from_utf8(volume.name).value_or(std::u16string()));
  return name.value_or(fmt::format("volume {}", volume.index));
}

bool is_taken(const std::vector<MountedVolume>& volumes, const std::string& name) {
  const auto wanted = from_utf8(name);
  return std::ranges::any_of(volumes, [&](const MountedVolume& volume) {
    const auto other = from_utf8(volume.name);
    return wanted && other && equals_folded(*wanted, *other);
  });
}

/// Two partitions may have one number, and an image any name.
std::string unique_name(const std::vector<MountedVolume>& volumes, std::string name) {
  std::string unique = name;
  for (unsigned copy = 2; is_taken(volumes, unique); ++copy) {
    unique = fmt::format("{} ({})", name, copy);
  }
  return unique;
}

}  // namespace

MountLayout layout_of_volume(const OpenedImage& opened, const DriveMap& drives,
                             std::size_t volume) {
  MountLayout layout;
  layout.volumes.push_back(describe(opened.volumes[volume], drives));
  add_usual_letter(layout.volumes.back(), drives);
  return layout;
}

Result<MountLayout> layout_of_all(const OpenedImage& opened, const DriveMap& drives) {
  MountLayout layout;
  layout.one_directory_each = true;
  for (const Volume& volume : opened.volumes) {
    if (!volume.file_system) {
      continue;
    }
    MountedVolume described = describe(volume, drives);
    described.name = unique_name(layout.volumes, directory_name(volume, described));
    add_usual_letter(described, drives);
    layout.volumes.push_back(std::move(described));
  }
  if (layout.volumes.empty()) {
    return fail(Status::not_found, fmt::format("{}: no volume that can be read", opened.path));
  }
  return layout;
}

}  // namespace casement::cli

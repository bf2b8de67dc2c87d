// SPDX-License-Identifier: Apache-2.0
// Telling people what they have given instead of a Windows tree.
#include "engine/image/missing_installation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/image/node_lookup.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t names_shown = 6;
constexpr std::size_t names_read = 256;

constexpr std::array<std::u16string_view, 6> hive_names = {u"SYSTEM",   u"SOFTWARE", u"SAM",
                                                           u"SECURITY", u"DEFAULT",  u"COMPONENTS"};
constexpr std::array<std::u16string_view, 10> image_suffixes = {
    u".wim", u".esd", u".swm", u".vhd", u".vhdx", u".avhdx", u".vmdk", u".qcow2", u".vdi", u".iso"};

/// Where the tools partition of a machine keeps its recovery environment.
constexpr std::u16string_view recovery_image = u"Recovery\\WindowsRE\\winre.wim";

bool ends_with_folded(std::u16string_view text, std::u16string_view suffix) {
  return text.size() >= suffix.size() &&
         equals_folded(text.substr(text.size() - suffix.size()), suffix);
}

bool is_hive_name(const DirEntry& entry) {
  return entry.kind == NodeKind::file &&
         std::any_of(hive_names.begin(), hive_names.end(), [&entry](std::u16string_view name) {
           return equals_folded(entry.name, name);
         });
}

bool is_image_name(const DirEntry& entry) {
  return entry.kind == NodeKind::file && std::any_of(image_suffixes.begin(), image_suffixes.end(),
                                                     [&entry](std::u16string_view suffix) {
                                                       return ends_with_folded(entry.name, suffix);
                                                     });
}

template <class Predicate>
std::string names_of(const std::vector<DirEntry>& entries, Predicate wanted) {
  std::string text;
  std::size_t shown = 0;
  for (const DirEntry& entry : entries) {
    if (!wanted(entry)) {
      continue;
    }
    if (shown == names_shown) {
      return text + ", ...";
    }
    text += text.empty() ? "" : ", ";
    text += to_utf8(entry.name);
    ++shown;
  }
  return text;
}

/// What lies at the root of one volume, in words.
std::string describe_root(const Volume& volume) {
  if (!volume.file_system) {
    return fmt::format("{} {}: {}", volume.name, volume.locked ? "is locked" : "cannot be read",
                       volume.reason);
  }
  const FileSystem& file_system = *volume.file_system;
  Diagnostics passed_over;  // the names that are there are what matters here
  auto entries = list_directory(file_system, file_system.root(), names_read, passed_over);
  if (!entries) {
    return fmt::format("{} cannot be listed: {}", volume.name, entries.error().message());
  }
  std::sort(entries->begin(), entries->end(),
            [](const DirEntry& a, const DirEntry& b) { return a.name < b.name; });
  const auto config = find_directory_below(file_system, file_system.root(), u"config");
  const auto system = find_file_below(file_system, file_system.root(), u"config\\SYSTEM");
  if (config && *config && system && *system) {
    return fmt::format("{} looks like System32 itself: give the directory above its parent",
                       volume.name);
  }
  if (const auto recovery = find_file_below(file_system, file_system.root(), recovery_image);
      recovery && *recovery) {
    return fmt::format("{} is a recovery partition: its Windows is in \\{}", volume.name,
                       to_utf8((*recovery)->path));
  }
  if (const std::string hives = names_of(*entries, is_hive_name); !hives.empty()) {
    return fmt::format(
        "{} has bare hives ({}): put them into Windows\\System32\\config to open them", volume.name,
        hives);
  }
  if (const std::string images = names_of(*entries, is_image_name); !images.empty()) {
    return fmt::format("{} has image files ({}): open one of those", volume.name, images);
  }
  if (entries->empty()) {
    return fmt::format("{} is empty", volume.name);
  }
  return fmt::format("{} has {}", volume.name,
                     names_of(*entries, [](const DirEntry&) { return true; }));
}

}  // namespace

Error missing_installation(const OpenedImage& opened, const CandidateList& list,
                           const std::vector<Candidate>& rejected,
                           const std::vector<UnreadableInstallation>& unreadable,
                           const Diagnostics& disks) {
  if (list.denied() && rejected.empty()) {
    return Error(*list.denied())
        .context(fmt::format("no Windows installation can be seen in {}", opened.path));
  }
  std::string text;
  for (const UnreadableInstallation& one : unreadable) {
    text += describe(opened, one) + "; ";
  }
  for (const Diagnostic& finding : disks.items()) {
    text += finding.text + "; ";
  }
  text += fmt::format(
      "no Windows installation{} in {}: looked for a directory with System32 and hives or a kernel "
      "(Windows, WINNT, Windows.old, $WINDOWS.~BT, every directory with System32\\config) on {} "
      "volume(s)",
      unreadable.empty() ? "" : " that can be read", opened.path, opened.volumes.size());
  for (const Candidate& candidate : rejected) {
    text += fmt::format("; {} has a System32 without hives and without a kernel",
                        to_utf8(candidate.path));
  }
  for (const Volume& volume : opened.volumes) {
    text += "; " + describe_root(volume);
  }
  const bool locked = std::any_of(opened.volumes.begin(), opened.volumes.end(),
                                  [](const Volume& volume) { return volume.locked; });
  return Error(locked ? Status::unsupported : Status::path_not_found, std::move(text));
}

}  // namespace casement

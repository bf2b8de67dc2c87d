// SPDX-License-Identifier: Apache-2.0
// Checking what the caller fixed, with errors that say what is there instead.
#include "engine/image/caller_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/image/node_lookup.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"

namespace casement {
namespace {

/// Volumes in the order in which to look: the one that was collected under the letter, then all; or
/// only the one that the image path selects.
std::vector<std::size_t> search_order(const OpenedImage& opened, std::optional<char16_t> letter) {
  std::vector<std::size_t> order;
  for (const bool preferred : {true, false}) {
    for (std::size_t i = 0; i < opened.volumes.size(); ++i) {
      const Volume& volume = opened.volumes[i];
      const bool is_preferred = letter && volume.collected_as == letter;
      const bool may_be_meant = opened.selected.value_or(i) == i;
      if (volume.file_system && may_be_meant && is_preferred == preferred) {
        order.push_back(i);
      }
    }
  }
  return order;
}

/// A path on the volumes of the image, and the letter of the volume when the path names one.
struct InnerPath {
  std::u16string path;
  std::optional<char16_t> letter;
};

/// The letter that a folder of a collection stands for: "D", "D:", "D%3A", "D_drive".
std::optional<char16_t> letter_of_folder(const OpenedImage& opened, std::u16string_view folder) {
  const char16_t letter = folder.empty() ? u'\0' : upcase(folder.front());
  const bool has_form = folder.size() == 1 ||
                        (folder.size() > 1 &&
                         std::u16string_view(u":%_").find(folder[1]) != std::u16string_view::npos);
  const bool is_volume =
      std::any_of(opened.volumes.begin(), opened.volumes.end(),
                  [letter](const Volume& volume) { return volume.collected_as == letter; });
  return has_form && is_volume ? std::optional(letter) : std::nullopt;
}

/// What `name` means below the host path of the image; nullopt when it does not lead there.
std::optional<InnerPath> below_image_path(const OpenedImage& opened, std::u16string_view name) {
  const auto image_path = from_utf8(opened.path);
  if (!image_path) {
    return std::nullopt;
  }
  const std::vector<std::u16string> image = split_components(*image_path);
  const std::vector<std::u16string> given = split_components(name);
  if (image.empty() || given.size() < image.size() ||
      !std::equal(image.begin(), image.end(), given.begin())) {
    return std::nullopt;
  }
  InnerPath inner{.path = u"\\", .letter = std::nullopt};
  std::size_t first = image.size();
  if (first < given.size()) {
    inner.letter = letter_of_folder(opened, given[first]);
    first += inner.letter ? 1 : 0;
  }
  for (std::size_t i = first; i < given.size(); ++i) {
    inner.path += inner.path.size() > 1 ? u"\\" : u"";
    inner.path += given[i];
  }
  return inner;
}

/// Looks for it and remembers on which volume something of that name is that is no such directory.
Result<std::optional<Candidate>> look_for(const OpenedImage& opened, std::u16string_view path,
                                          std::optional<char16_t> letter, const Limits& limits,
                                          std::string& met) {
  for (const std::size_t volume : search_order(opened, letter)) {
    auto candidate = CASEMENT_TRY(candidate_at(opened, volume, path, "user", limits));
    if (candidate) {
      return candidate;
    }
    const FileSystem& file_system = *opened.volumes[volume].file_system;
    const auto node = find_below(file_system, file_system.root(), path);
    if (node && *node) {
      met +=
          fmt::format("; on {} it is {}", opened.volumes[volume].name,
                      (*node)->kind == NodeKind::file ? "a file" : "a directory without System32");
    }
  }
  return std::optional<Candidate>();
}

/// Volumes that nobody could look at, and that may well hold what was asked for.
std::string locked_volumes(const OpenedImage& opened) {
  std::string text;
  for (const Volume& volume : opened.volumes) {
    if (volume.locked) {
      text += fmt::format("; {} is locked: {}", volume.name, volume.reason);
    }
  }
  return text;
}

std::string known_letters(const DriveLetters& letters) {
  std::string text;
  for (const DriveLetter& letter : letters.letters) {
    text += text.empty() ? "" : ", ";
    text += fmt::format("{}:{}", static_cast<char>(letter.letter),
                        letter.volume ? "" : " (not in the image)");
  }
  return text.empty() ? "none" : text;
}

}  // namespace

Result<Candidate> find_named_directory(const OpenedImage& opened, std::u16string_view name,
                                       const Limits& limits) {
  const auto context = [name] { return fmt::format("Windows directory \"{}\"", to_utf8(name)); };
  const auto letter = letter_of(name);
  std::string met;
  auto found = CASEMENT_TRY(
      look_for(opened, as_rooted(without_letter(name)), letter, limits, met).with_context(context));
  if (!found) {
    if (const auto inner = below_image_path(opened, name)) {
      found = CASEMENT_TRY(
          look_for(opened, inner->path, inner->letter, limits, met).with_context(context));
    }
  }
  if (!found) {
    return fail(
        Status::path_not_found,
        fmt::format(
            "{}: no directory of that name with System32 in {}{}{}", context(), opened.path, met,
            opened.selected ? "; the image path selects " + opened.volumes[*opened.selected].name
                            : locked_volumes(opened)));
  }
  return *std::move(found);
}

Result<char16_t> parse_system_drive(std::u16string_view text) {
  const auto letter = letter_of(text);
  const std::u16string_view rest = without_letter(text);
  if (!letter || (!rest.empty() && rest != u"\\" && rest != u"/")) {
    return fail(Status::invalid_argument,
                fmt::format("system drive \"{}\": expected a drive such as S:", to_utf8(text)));
  }
  return *letter;
}

Result<std::size_t> find_system_drive(const OpenedImage& opened, char16_t letter,
                                      const DriveLetters& letters,
                                      std::span<const FoundStore> stores) {
  const std::string drive = fmt::format("system drive {}:", static_cast<char>(letter));
  const auto found =
      std::find_if(letters.letters.begin(), letters.letters.end(),
                   [letter](const DriveLetter& known) { return known.letter == letter; });
  if (found == letters.letters.end()) {
    return fail(Status::path_not_found,
                fmt::format("{} the installation has no such letter; it has {}", drive,
                            known_letters(letters)));
  }
  if (!found->volume) {
    return fail(Status::path_not_found,
                fmt::format("{} no volume of the image belongs to it (the installation knows it as "
                            "{})",
                            drive, found->device));
  }
  const std::size_t volume = *found->volume;
  const bool has_store =
      std::any_of(stores.begin(), stores.end(),
                  [volume](const FoundStore& store) { return store.store.volume == volume; });
  if (has_store) {
    return volume;
  }
  std::string elsewhere;
  for (const FoundStore& store : stores) {
    elsewhere += fmt::format("; {} has {}", opened.volumes[store.store.volume].name,
                             to_utf8(store.store.path));
  }
  return fail(Status::path_not_found,
              fmt::format("{} {} holds no boot manager: {} are not there{}", drive,
                          opened.volumes[volume].name, boot_store_places(), elsewhere));
}

}  // namespace casement

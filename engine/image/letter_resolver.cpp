// SPDX-License-Identifier: Apache-2.0
// MountedDevices, equal data under two names, SystemRoot, and letters of volumes that are not here.
#include "engine/image/letter_resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "engine/image/mounted_match.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/utf16.h"

namespace casement {

const char* letter_confidence_name(LetterConfidence confidence) noexcept {
  switch (confidence) {
    case LetterConfidence::exact:
      return "exact";
    case LetterConfidence::offset_only:
      return "offset-only";
    case LetterConfidence::hidden_sectors:
      return "hidden-sectors";
    case LetterConfidence::collected:
      return "collected";
    case LetterConfidence::inferred:
      return "inferred";
    case LetterConfidence::assumed:
      return "assumed";
    case LetterConfidence::unresolved:
      return "unresolved";
  }
  return "unresolved";
}

namespace {

class LetterResolver {
 public:
  LetterResolver(const OpenedImage& opened, const Installation& installation,
                 const InstallationFacts& facts, const std::vector<MountedDevice>& devices,
                 const MountedMatcher& matcher, Diagnostics& findings)
      : opened_(opened),
        installation_(installation),
        facts_(facts),
        devices_(devices),
        matcher_(matcher),
        findings_(findings) {}

  ResolvedLetters resolve() {
    take_mounted_letters();
    take_collected_letters();
    bind_system_letter();
    take_known_volumes();
    auto& letters = resolved_.letters.letters;
    std::sort(letters.begin(), letters.end(),
              [](const DriveLetter& a, const DriveLetter& b) { return a.letter < b.letter; });
    return std::move(resolved_);
  }

 private:
  DriveLetter* find(char16_t letter) {
    auto& letters = resolved_.letters.letters;
    const auto found =
        std::find_if(letters.begin(), letters.end(),
                     [letter](const DriveLetter& known) { return known.letter == letter; });
    return found == letters.end() ? nullptr : &*found;
  }

  DriveLetter& find_or_add(char16_t letter) {
    if (DriveLetter* known = find(letter)) {
      return *known;
    }
    DriveLetter& added = resolved_.letters.letters.emplace_back();
    added.letter = letter;
    return added;
  }

  /// The volume name whose data is the same.
  std::optional<Guid> volume_name_of(const MountedTarget& target) const {
    if (!identifies(target)) {
      return std::nullopt;
    }
    for (const MountedDevice& device : devices_) {
      if (!device.letter && device.volume_guid && device.target == target) {
        return device.volume_guid;
      }
    }
    return std::nullopt;
  }

  void take_mounted_letters() {
    for (const MountedDevice& device : devices_) {
      if (!device.letter) {
        const bool has_letter =
            identifies(device.target) &&
            std::any_of(devices_.begin(), devices_.end(), [&device](const MountedDevice& other) {
              return other.letter && other.target == device.target;
            });
        resolved_.letters.unlettered_volumes += has_letter ? 0 : 1;
        continue;
      }
      DriveLetter& letter = find_or_add(*device.letter);
      letter.device = describe_mounted_target(device.target);
      letter.volume_guid = volume_name_of(device.target);
      if (const auto match = matcher_.match(device.target)) {
        letter.volume = match->volume;
        letter.confidence = match->confidence;
        report_weak(letter);
      }
    }
  }

  /// A letter that is bound by less than the identifiers of a partition.
  void report_weak(const DriveLetter& letter) {
    if (letter.confidence == LetterConfidence::exact) {
      return;
    }
    findings_.add(
        Severity::note, "drive-letter-guessed",
        fmt::format("drive {}: is {} by where it begins alone ({}): MountedDevices has {}",
                    static_cast<char>(letter.letter), opened_.volumes[*letter.volume].name,
                    letter_confidence_name(letter.confidence), letter.device));
  }

  void take_collected_letters() {
    for (std::size_t i = 0; i < opened_.volumes.size(); ++i) {
      const auto collected = opened_.volumes[i].collected_as;
      if (!collected) {
        continue;
      }
      DriveLetter& letter = find_or_add(*collected);
      if (letter.volume && *letter.volume != i) {
        conflict(letter, fmt::format("the collection gives it to {}", opened_.volumes[i].name));
        continue;
      }
      if (!letter.volume) {
        letter.volume = i;
        letter.confidence = LetterConfidence::collected;
      }
    }
  }

  void conflict(const DriveLetter& letter, const std::string& other) {
    findings_.add(
        Severity::warning, "drive-letter-conflict",
        fmt::format("drive {}: belongs to {} ({}), but {}", static_cast<char>(letter.letter),
                    letter.volume ? opened_.volumes[*letter.volume].name : "no volume",
                    letter_confidence_name(letter.confidence), other));
  }

  /// The letter that the installation has for its own volume, and why.
  std::pair<char16_t, LetterConfidence> system_letter() {
    if (const auto own = letter_of(facts_.system_root.value_or(u""))) {
      return {*own, LetterConfidence::inferred};
    }
    for (const auto wanted : {LetterConfidence::exact, LetterConfidence::collected,
                              LetterConfidence::offset_only, LetterConfidence::hidden_sectors}) {
      for (const DriveLetter& letter : resolved_.letters.letters) {
        if (letter.volume == installation_.volume && letter.confidence == wanted) {
          return {letter.letter, wanted};
        }
      }
    }
    const bool is_pe = installation_.kind == InstallationClass::winpe ||
                       installation_.kind == InstallationClass::winre;
    if (is_pe) {
      return {u'X', LetterConfidence::assumed};
    }
    // C: unless that is known to be another volume.
    char16_t letter = u'C';
    while (letter < u'Z' && find(letter) != nullptr && find(letter)->volume) {
      ++letter;
    }
    return {letter, LetterConfidence::assumed};
  }

  /// The letter in SystemRoot is the volume that holds the installation, whatever else says.
  void bind_system_letter() {
    const auto [own, why] = system_letter();
    DriveLetter& letter = find_or_add(own);
    if (letter.volume && *letter.volume != installation_.volume) {
      conflict(letter, fmt::format("SystemRoot names it and lies on {}",
                                   opened_.volumes[installation_.volume].name));
      letter.volume.reset();
    }
    if (!letter.volume) {
      letter.volume = installation_.volume;
      letter.confidence = why;
    }
    letter.is_system_root = true;
  }

  /// The volume that an entry of MountedDevices leads to, after the letters are bound.
  std::optional<MountedMatch> bound_volume(const MountedDevice& device) {
    const DriveLetter* letter = device.letter ? find(*device.letter) : nullptr;
    if (letter == nullptr) {
      return matcher_.match(device.target);
    }
    return letter->volume ? std::optional(MountedMatch{.volume = *letter->volume,
                                                       .confidence = letter->confidence})
                          : std::nullopt;
  }

  void take_known_volumes() {
    for (const MountedDevice& device : devices_) {
      if (const auto bound = bound_volume(device)) {
        resolved_.known_as.push_back(
            {.volume = bound->volume,
             .target = device.target,
             .name = device.letter ? volume_name_of(device.target) : device.volume_guid,
             .confidence = bound->confidence});
      }
    }
  }

  const OpenedImage& opened_;
  const Installation& installation_;
  const InstallationFacts& facts_;
  const std::vector<MountedDevice>& devices_;
  const MountedMatcher& matcher_;
  Diagnostics& findings_;
  ResolvedLetters resolved_;
};

}  // namespace

ResolvedLetters resolve_letters(const OpenedImage& opened, const DiskMap& disks,
                                const Installation& installation, const InstallationFacts& facts,
                                Diagnostics& findings) {
  std::vector<MountedDevice> devices;
  if (facts.system) {
    devices = read_mounted_devices(*facts.system, findings);
  }
  const MountedMatcher matcher(
      opened, disks,
      {.volume = installation.volume, .letter = letter_of(facts.system_root.value_or(u""))},
      devices);
  return LetterResolver(opened, installation, facts, devices, matcher, findings).resolve();
}

}  // namespace casement

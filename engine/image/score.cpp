// SPDX-License-Identifier: Apache-2.0
// The score table.
#include "engine/image/score.h"

#include <fmt/format.h>

#include <initializer_list>
#include <optional>

#include "engine/image/classify.h"
#include "engine/image/node_lookup.h"
#include "engine/image/windows_path_text.h"
#include "engine/pe/pe_header.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {

void add_evidence(Installation& installation, std::string what, int points, std::string where) {
  installation.score += points;
  installation.evidence.push_back({std::move(what), points, std::move(where)});
}

namespace {

class ContentScore {
 public:
  ContentScore(Examined& examined, const FileSystem& file_system)
      : examined_(examined), file_system_(file_system) {}

  bool run() {
    score_hives();
    const bool kernel = score_program({u"System32\\ntoskrnl.exe", u"System32\\ntkrnlpa.exe"});
    const bool kernel32 = score_program({u"System32\\kernel32.dll"});
    for (const std::u16string_view loader :
         {u"System32\\winload.exe", u"System32\\winload.efi", u"System32\\osloader.exe"}) {
      if (score_presence(loader, 3)) {
        break;
      }
    }
    for (const std::u16string_view part :
         {u"explorer.exe", u"System32\\cmd.exe", u"servicing", u"WinSxS", u"System32\\drivers"}) {
      score_presence(part, 2);
    }
    score_name();
    const InstallationFacts& facts = examined_.facts;
    installation().partial = !facts.system || !facts.software || !kernel || !kernel32;
    return facts.system_file || facts.software_file || kernel || kernel32;
  }

 private:
  Installation& installation() { return examined_.installation; }

  std::string full_path(std::u16string_view relative) {
    return to_utf8(as_rooted(installation().windows_directory + u"\\" + std::u16string(relative)));
  }

  void score_hives() {
    const InstallationFacts& facts = examined_.facts;
    if (facts.system && facts.control_set.as_selected) {
      add_evidence(installation(),
                   fmt::format("SYSTEM hive with control set {}", facts.control_set.number), 30,
                   full_path(u"System32\\config\\SYSTEM"));
    }
    if (facts.software && facts.current_version) {
      add_evidence(installation(), "SOFTWARE hive of a Windows product", 25,
                   full_path(u"System32\\config\\SOFTWARE"));
    }
  }

  /// The first of the files that is a program.
  bool score_program(std::initializer_list<std::u16string_view> paths) {
    for (const std::u16string_view path : paths) {
      const auto found = find_file_below(file_system_, installation().directory, path);
      if (!found || !*found) {
        continue;
      }
      const auto file = file_system_.open((*found)->node, {});
      const auto machine =
          file ? read_pe_machine(**file) : Result<std::uint16_t>(std::unexpected(file.error()));
      if (!machine) {
        installation().diagnostics.add("core-file-damaged", machine.error());
        continue;
      }
      add_evidence(installation(),
                   fmt::format("{} is a program (machine {:04x})",
                               to_utf8(last_component((*found)->path)), *machine),
                   10, full_path((*found)->path));
      return true;
    }
    return false;
  }

  bool score_presence(std::u16string_view path, int points) {
    const auto found = find_below(file_system_, installation().directory, path);
    if (!found || !*found) {
      return false;
    }
    add_evidence(installation(), to_utf8(last_component((*found)->path)), points,
                 full_path((*found)->path));
    return true;
  }

  void score_name() {
    const auto& root = examined_.facts.system_root;
    const std::u16string_view own = last_component(installation().windows_directory);
    if (root && !own.empty() && equals_folded(last_component(*root), own)) {
      add_evidence(installation(), fmt::format("SystemRoot is {}", to_utf8(*root)), 5,
                   to_utf8(current_version_key) + "!SystemRoot");
    }
  }

  Examined& examined_;
  const FileSystem& file_system_;
};

}  // namespace

bool score_content(Examined& examined, const FileSystem& file_system) {
  return ContentScore(examined, file_system).run();
}

void score_letters(Examined& examined, const OpenedImage& opened) {
  const auto own = letter_of(examined.facts.system_root.value_or(u""));
  if (!own) {
    return;
  }
  for (const DriveLetter& letter : examined.letters.letters.letters) {
    if (letter.letter != *own || letter.volume != examined.installation.volume) {
      continue;
    }
    const std::string drive(1, static_cast<char>(*own));
    if (letter.confidence == LetterConfidence::exact) {
      add_evidence(examined.installation,
                   fmt::format("MountedDevices has {}: on this volume", drive), 15,
                   "SYSTEM\\MountedDevices");
    } else if (letter.confidence == LetterConfidence::offset_only ||
               letter.confidence == LetterConfidence::hidden_sectors) {
      add_evidence(examined.installation,
                   fmt::format("MountedDevices has {}: where this volume begins ({})", drive,
                               letter_confidence_name(letter.confidence)),
                   10, "SYSTEM\\MountedDevices");
    } else if (opened.volumes[examined.installation.volume].collected_as == own) {
      add_evidence(examined.installation,
                   fmt::format("collected as {}:, as SystemRoot says", drive), 15,
                   opened.volumes[examined.installation.volume].name);
    }
  }
}

void score_place(Examined& examined) {
  if (class_of_place(examined.installation.windows_directory)) {
    add_evidence(examined.installation, "not the installation that starts", -25,
                 to_utf8(examined.installation.windows_directory));
  }
}

}  // namespace casement

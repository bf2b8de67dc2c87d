// SPDX-License-Identifier: Apache-2.0
// Opening an image: find, examine, choose, complete.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "engine/image/boot_choice.h"
#include "engine/image/boot_references.h"
#include "engine/image/boot_target.h"
#include "engine/image/caller_choice.h"
#include "engine/image/candidates.h"
#include "engine/image/choose.h"
#include "engine/image/classify.h"
#include "engine/image/image_state.h"
#include "engine/image/installation_id.h"
#include "engine/image/missing_installation.h"
#include "engine/image/score.h"
#include "engine/image/virtual_disks.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

class ImageBuilder {
 public:
  ImageBuilder(OpenedImage opened, const ImageChoice& choice, const Limits& limits)
      : state_(std::make_unique<Image::State>()), choice_(choice), limits_(limits) {
    state_->opened = std::move(opened);
    disks_.emplace(state_->opened);
    state_->limits = limits;
  }

  Result<std::unique_ptr<Image::State>> run() {
    std::optional<char16_t> system_drive;
    if (!choice_.system_drive.empty()) {
      system_drive = CASEMENT_TRY(parse_system_drive(choice_.system_drive));
    }
    stores_ = find_boot_stores(opened(), limits_);
    if (!opened().selected) {  // else Windows is looked for on the selected volume alone
      open_virtual_disks(state_->opened, *disks_, stores_, limits_, disk_findings_);
      disks_.emplace(state_->opened);
    }
    CASEMENT_TRY(collect_candidates());
    for (const Candidate& candidate : list_.candidates()) {
      if (opened().selected.value_or(candidate.volume) == candidate.volume) {
        examine(candidate);
      }
    }
    CASEMENT_TRY(check_examined());
    by_default_entry_ =
        score_boot_references(BootTargets(opened(), *disks_, examined_), stores_, examined_);
    report_stores();
    CASEMENT_TRY(choose(system_drive));
    hand_over();
    return std::move(state_);
  }

 private:
  const OpenedImage& opened() const { return state_->opened; }

  Result<void> collect_candidates() {
    if (!choice_.windows_directory.empty()) {
      named_ = CASEMENT_TRY(find_named_directory(opened(), choice_.windows_directory, limits_));
      list_.add(*named_);
    }
    const BootTargets targets(opened(), *disks_, {});
    for (const FoundStore& found : stores_) {
      for (const BootTargets::Loader& loader : targets.loaders(found)) {
        add_target(loader, found.ini ? "bootini" : "bcd");
      }
    }
    find_candidates(opened(), limits_, list_);
    return {};
  }

  void add_target(const BootTargets::Loader& loader, const char* origin) {
    if (!loader.volume || loader.entry.system_root.empty() ||
        !opened().volumes[*loader.volume].file_system) {
      return;
    }
    auto candidate =
        candidate_at(opened(), *loader.volume, loader.entry.system_root, origin, limits_);
    if (!candidate) {
      list_.add_failure(to_utf8(loader.entry.system_root), candidate.error());
    } else if (*candidate) {
      list_.add(**std::move(candidate));
    }
  }

  void examine(const Candidate& candidate) {
    const FileSystemPtr& file_system = opened().volumes[candidate.volume].file_system;
    Examined examined;
    Installation& installation = examined.installation;
    installation.volume = candidate.volume;
    installation.windows_directory = candidate.path;
    installation.directory = candidate.directory;
    if (const auto disk = opened().volumes[candidate.volume].nested_disk) {
      installation.virtual_disk = opened().nested_disks[*disk].path;
    }
    installation.origin = candidate.origin;
    examined.hives = std::make_shared<const HiveSet>(file_system, candidate.directory, limits_);
    examined.facts = read_facts(*examined.hives, installation.diagnostics);
    if (!score_content(examined, *file_system)) {
      rejected_.push_back(candidate);
      return;
    }
    installation.kind = classify(installation, examined.facts, *file_system);
    examined.letters =
        resolve_letters(opened(), *disks_, installation, examined.facts, installation.diagnostics);
    score_letters(examined, opened());
    score_place(examined);
    installation.id =
        installation_id(opened().volumes[candidate.volume], installation, examined.facts);
    examined_.push_back(std::move(examined));
  }

  Result<void> check_examined() {
    if (named_) {
      const bool accepted =
          std::none_of(rejected_.begin(), rejected_.end(), [this](const Candidate& candidate) {
            return candidate.volume == named_->volume && candidate.directory == named_->directory;
          });
      if (!accepted) {
        return fail(Status::path_not_found,
                    fmt::format("Windows directory \"{}\": {} has a System32 without hives and "
                                "without a kernel",
                                to_utf8(choice_.windows_directory), to_utf8(named_->path)));
      }
    }
    const BootTargets targets(opened(), *disks_, examined_);
    state_->unreadable = find_unreadable(opened(), stores_, targets);
    if (examined_.empty()) {
      Error missing =
          missing_installation(opened(), list_, rejected_, state_->unreadable, disk_findings_);
      if (opened().selected) {
        missing = std::move(missing).context(fmt::format(
            "{}, which the image path selects", opened().volumes[*opened().selected].name));
      }
      return std::unexpected(std::move(missing));
    }
    return {};
  }

  /// Damage in a boot store may be why an entry is missing.
  void report_stores() {
    state_->opened.diagnostics.append(disk_findings_);
    report_unreadable(opened(), state_->unreadable, state_->opened.diagnostics);
    const BootTargets targets(opened(), *disks_, examined_);
    for (const FoundStore& found : stores_) {
      for (const BootTargets::Loader& loader : targets.loaders(found)) {
        if (!loader.other_disk.empty()) {
          state_->opened.diagnostics.add(Severity::note, "boot-entry-other-disk",
                                         fmt::format("{} {}: {}", to_utf8(found.store.path),
                                                     loader.entry.id, loader.other_disk));
        }
        report_ram_disk(targets, found.store, loader);
      }
      state_->opened.diagnostics.append(found.findings, to_utf8(found.store.path) + ": ");
    }
  }

  /// An entry for a recovery environment whose WIM is not where it should be.
  void report_ram_disk(const BootTargets& targets, const BootStore& store,
                       const BootTargets::Loader& loader) {
    const BcdDevice* const device = loader.os_device;
    if (device == nullptr || device->kind != BcdDevice::Kind::ram_disk || !device->parent ||
        !targets.volume_of(*device->parent, store.volume)) {
      return;
    }
    const auto file = targets.file_of(*device, store.volume);
    if (!file && file.error().status() == Status::not_found) {
      state_->opened.diagnostics.add(Severity::note, "ram-disk-image-missing",
                                     fmt::format("{} {}: RAM disk image {}", to_utf8(store.path),
                                                 loader.entry.id, file.error().message()));
    }
  }

  Result<void> choose(std::optional<char16_t> system_drive) {
    std::optional<std::size_t> by_caller;
    for (std::size_t i = 0; named_ && i < examined_.size(); ++i) {
      if (examined_[i].installation.volume == named_->volume &&
          examined_[i].installation.directory == named_->directory) {
        by_caller = i;
      }
    }
    const InstallationChoice chosen = choose_installation(examined_, by_caller, by_default_entry_);
    chosen_ = chosen.position;
    state_->choice_reason = chosen.reason;
    const Examined& primary = examined_[chosen_];
    state_->letters = primary.letters.letters;
    std::optional<std::size_t> only_volume;
    if (system_drive) {
      only_volume =
          CASEMENT_TRY(find_system_drive(opened(), *system_drive, state_->letters, stores_));
    }
    const BootTargets targets(opened(), *disks_, examined_);
    BootManager& manager = state_->boot_manager;
    manager = choose_boot_manager(opened(), *disks_, std::move(stores_), targets, primary,
                                  state_->letters, only_volume);
    if (system_drive) {
      manager.drive = system_drive;
    }
    report_moved(manager.chosen ? &manager.stores[*manager.chosen] : nullptr, *disks_,
                 primary.facts.start, primary.installation, state_->opened.diagnostics);
    return {};
  }

  void hand_over() {
    const Examined& primary = examined_[chosen_];
    state_->hives = primary.hives;
    state_->control_set = primary.facts.control_set.number;
    state_->environment = {.system_root = system_root_text(primary),
                           .system = primary.facts.system,
                           .software = primary.facts.software,
                           .control_set = primary.facts.control_set.key};
    state_->walker = std::make_unique<const PathWalker>(
        opened().volumes[primary.installation.volume].file_system, drive_map(primary));
    state_->opened.diagnostics.append(list_.failures());
    for (const Volume& volume : opened().volumes) {
      if (volume.file_system) {
        state_->opened.diagnostics.append(volume.file_system->diagnostics());
      }
    }
    std::vector<std::size_t> order(examined_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      const bool first = comes_first(examined_[a], examined_[b]);
      return first || (!comes_first(examined_[b], examined_[a]) && a < b);
    });
    for (const std::size_t position : order) {
      if (position == chosen_) {
        state_->chosen = state_->installations.size();
      }
      state_->installations.push_back(std::move(examined_[position].installation));
    }
  }

  /// "C:\Windows". Where the tree is the Windows directory itself, as SOFTWARE names it.
  static std::u16string system_root_text(const Examined& primary) {
    char16_t own = u'C';
    for (const DriveLetter& letter : primary.letters.letters.letters) {
      own = letter.is_system_root ? letter.letter : own;
    }
    std::u16string path = primary.installation.windows_directory;
    if (path == u"\\") {
      path = as_rooted(without_letter(primary.facts.system_root.value_or(u"C:\\Windows")));
      path = path == u"\\" ? u"\\Windows" : path;
    }
    return std::u16string(1, own) + u":" + path;
  }

  DriveMap drive_map(const Examined& primary) const {
    DriveMap map;
    for (const DriveLetter& letter : primary.letters.letters.letters) {
      if (letter.volume && opened().volumes[*letter.volume].file_system) {
        map.letters[letter.letter] = opened().volumes[*letter.volume].file_system;
      }
    }
    for (const KnownVolume& known : primary.letters.known_as) {
      if (known.name && opened().volumes[known.volume].file_system) {
        map.volumes[*known.name] = opened().volumes[known.volume].file_system;
      }
    }
    return map;
  }

  std::unique_ptr<Image::State> state_;
  const ImageChoice& choice_;
  const Limits& limits_;
  std::optional<DiskMap> disks_;
  std::vector<FoundStore> stores_;
  Diagnostics disk_findings_;  // about virtual disks
  CandidateList list_;
  std::optional<Candidate> named_;
  std::vector<Candidate> rejected_;
  std::vector<Examined> examined_;
  std::optional<std::size_t> by_default_entry_;
  std::size_t chosen_ = 0;
};

}  // namespace

Result<std::unique_ptr<Image::State>> build_image_state(OpenedImage opened,
                                                        const ImageChoice& choice,
                                                        const Limits& limits) {
  return ImageBuilder(std::move(opened), choice, limits).run();
}

}  // namespace casement

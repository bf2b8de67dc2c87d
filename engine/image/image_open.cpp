// SPDX-License-Identifier: Apache-2.0
// Opening an image: find, examine, choose, complete.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "engine/image/boot_choice.h"
#include "engine/image/boot_target.h"
#include "engine/image/caller_choice.h"
#include "engine/image/candidates.h"
#include "engine/image/choose.h"
#include "engine/image/classify.h"
#include "engine/image/image_state.h"
#include "engine/image/installation_id.h"
#include "engine/image/missing_installation.h"
#include "engine/image/score.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

class ImageBuilder {
 public:
  ImageBuilder(OpenedImage opened, const ImageChoice& choice, const Limits& limits)
      : state_(std::make_unique<Image::State>()), choice_(choice), limits_(limits) {
    state_->opened = std::move(opened);
    state_->limits = limits;
  }

  Result<std::unique_ptr<Image::State>> run() {
    std::optional<char16_t> system_drive;
    if (!choice_.system_drive.empty()) {
      system_drive = CASEMENT_TRY(parse_system_drive(choice_.system_drive));
    }
    stores_ = find_boot_stores(opened(), limits_);
    CASEMENT_TRY(collect_candidates());
    for (const Candidate& candidate : list_.candidates()) {
      examine(candidate);
    }
    CASEMENT_TRY(check_examined());
    score_boot_references();
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
    const BootTargets targets(opened(), {});
    for (const FoundStore& found : stores_) {
      for (const BootTargets::Loader& loader : targets.loaders(found)) {
        add_target(loader, found.ini ? "bootini" : "bcd");
      }
    }
    find_candidates(opened(), limits_, list_);
    return {};
  }

  void add_target(const BootTargets::Loader& loader, const char* origin) {
    if (!loader.volume || loader.entry.system_root.empty()) {
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
    installation.origin = candidate.origin;
    examined.hives = std::make_shared<const HiveSet>(file_system, candidate.directory, limits_);
    examined.facts = read_facts(*examined.hives, installation.diagnostics);
    if (!score_content(examined, *file_system)) {
      rejected_.push_back(candidate);
      return;
    }
    installation.kind = classify(installation, examined.facts, *file_system);
    examined.letters =
        resolve_letters(opened(), installation, examined.facts, installation.diagnostics);
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
    if (examined_.empty()) {
      return std::unexpected(missing_installation(opened(), list_, rejected_));
    }
    return {};
  }

  /// Damage in a boot store may be why an entry is missing.
  void report_stores() {
    for (const FoundStore& found : stores_) {
      for (const Diagnostic& finding : found.findings.items()) {
        state_->opened.diagnostics.add(finding.severity, finding.code,
                                       to_utf8(found.store.path) + ": " + finding.text);
      }
    }
  }

  /// Which installation each loader starts; the default entry of the best store also decides
  /// between installations.
  void score_boot_references() {
    const BootTargets targets(opened(), examined_);
    References seen(examined_.size());
    int best_rank = -1;
    for (const FoundStore& found : stores_) {
      const int rank =
          (targets.bootmgr_state(found.store) == "ok" ? 2 : 0) + (found.has_boot_manager ? 1 : 0);
      for (const BootTargets::Loader& loader : targets.loaders(found)) {
        const auto started = score_loader(targets, found, loader, seen);
        if (started && loader.entry.is_default && rank > best_rank) {
          best_rank = rank;
          by_default_entry_ = started;
        }
      }
    }
  }

  /// What already counted for an installation; two entries for one do not count twice.
  struct Reference {
    bool entry = false;
    bool default_entry = false;
  };
  using References = std::vector<Reference>;

  /// Points for the installation that the loader starts, and which that is.
  std::optional<std::size_t> score_loader(const BootTargets& targets, const FoundStore& found,
                                          const BootTargets::Loader& loader, References& seen) {
    for (std::size_t i = 0; i < examined_.size(); ++i) {
      Installation& installation = examined_[i].installation;
      if (!targets.starts(loader, installation)) {
        continue;
      }
      const std::string where = to_utf8(found.store.path) + " " + loader.entry.id;
      if (!std::exchange(seen[i].entry, true)) {
        add_evidence(installation, "a boot entry starts it", 15, where);
      }
      if (loader.entry.is_default && !std::exchange(seen[i].default_entry, true)) {
        add_evidence(installation, "the default boot entry starts it", 10, where);
      }
      return i;
    }
    return std::nullopt;
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
    const BootTargets targets(opened(), examined_);
    state_->boot_manager = choose_boot_manager(opened(), std::move(stores_), targets,
                                               primary.installation, state_->letters, only_volume);
    if (system_drive) {
      state_->boot_manager.drive = system_drive;
    }
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
    for (const Diagnostic& failure : list_.failures().items()) {
      state_->opened.diagnostics.add(failure.severity, failure.code, failure.text);
    }
    for (const Volume& volume : opened().volumes) {
      for (const Diagnostic& finding : volume.file_system
                                           ? volume.file_system->diagnostics().items()
                                           : std::vector<Diagnostic>()) {
        state_->opened.diagnostics.add(finding.severity, finding.code, finding.text);
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
  std::vector<FoundStore> stores_;
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

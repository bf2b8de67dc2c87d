// SPDX-License-Identifier: Apache-2.0
// Resolving paths component by component.
#include "vfs/fs/path_walker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "vfs/core/utf16.h"
#include "vfs/fs/entry_name.h"
#include "vfs/fs/link_target.h"
#include "vfs/fs/reparse.h"

namespace casement {
namespace {

/// A component that was found.
struct Step {
  NodeId node;
  NodeKind kind;
  std::u16string name;
};

/// A link that was followed, and what was still to come behind it. Meeting the same pair again
/// means that nothing was gained in between: a cycle.
struct Followed {
  FileSystemPtr file_system;
  NodeId node;
  std::vector<PathStep> pending;
};

/// The state of one resolution.
class Walk {
 public:
  Walk(const PathWalker& walker, const WalkOptions& options)
      : walker_(walker), options_(options), file_system_(walker.home()) {}

  Result<std::optional<Resolved>> run(const ParsedPath& path) {
    const bool known = CASEMENT_TRY(start(path));
    if (!known) {
      return std::optional<Resolved>();
    }
    while (!pending_.empty()) {
      const bool found = CASEMENT_TRY(advance());
      if (!found) {
        return std::optional<Resolved>();
      }
    }
    Resolved resolved;
    resolved.file_system = file_system_;
    resolved.node = here();
    resolved.kind = steps_.empty() ? NodeKind::directory : steps_.back().kind;
    resolved.path = path_text();
    resolved.stream = path.stream;
    return std::optional<Resolved>(std::move(resolved));
  }

 private:
  NodeId here() const { return steps_.empty() ? file_system_->root() : steps_.back().node; }

  std::u16string path_text() const {
    std::u16string text;
    for (const Step& step : steps_) {
      text += u'\\' + step.name;
    }
    return text.empty() ? u"\\" : text;
  }

  void note(const char* code, std::string text) {
    if (options_.diagnostics != nullptr) {
      options_.diagnostics->add(Severity::note, code, std::move(text));
    }
  }

  /// The volume that `root` names; null when it is not part of the image.
  FileSystemPtr volume_of(const PathRoot& root) const {
    const DriveMap& drives = walker_.drives();
    const auto find = [](const auto& map, const auto& key) {
      const auto at = map.find(key);
      return at == map.end() ? FileSystemPtr() : at->second;
    };
    if (const auto* drive = std::get_if<path_root::Drive>(&root)) {
      return find(drives.letters, drive->letter);
    }
    if (const auto* volume = std::get_if<path_root::VolumeGuid>(&root)) {
      return find(drives.volumes, volume->id);
    }
    if (const auto* volume = std::get_if<path_root::HarddiskVolume>(&root)) {
      return find(drives.harddisk_volumes, volume->number);
    }
    return nullptr;
  }

  /// Goes to the root of the path's volume. False: that volume is absent.
  Result<bool> start(const ParsedPath& path) {
    if (const auto* form = std::get_if<path_root::Unresolvable>(&path.root)) {
      return fail(Status::unsupported, fmt::format("{}: a {} cannot be resolved offline",
                                                   to_utf8(format_path(path)), form->reason));
    }
    if (std::holds_alternative<path_root::SystemRoot>(path.root) ||
        std::holds_alternative<path_root::Variable>(path.root)) {
      return fail(Status::unsupported,
                  fmt::format("{}: the beginning was not expanded", to_utf8(format_path(path))));
    }
    return enter(path);
  }

  /// Starts anew at the root of the path's volume with its components to come.
  bool enter(const ParsedPath& path) {
    const bool at_home = std::holds_alternative<path_root::Rooted>(path.root) ||
                         std::holds_alternative<path_root::Relative>(path.root);
    if (!at_home) {
      FileSystemPtr volume = volume_of(path.root);
      if (volume == nullptr) {
        note("unmapped-volume",
             fmt::format("{}: the volume is not in the image", to_utf8(format_path(path))));
        return false;
      }
      file_system_ = std::move(volume);
    }
    steps_.clear();
    for (auto it = path.components.rbegin(); it != path.components.rend(); ++it) {
      pending_.push_back({false, it->name, it->raw});
    }
    return true;
  }

  Result<std::optional<DirEntry>> lookup(const PathStep& step) const {
    const bool below_file = !steps_.empty() && steps_.back().kind == NodeKind::file;
    const bool dots = is_dot_name(step.name);  // of a literal path: no names
    if (below_file || dots) {
      return std::optional<DirEntry>();
    }
    auto entry = file_system_->lookup(here(), step.name);
    if (entry && !*entry && step.raw != step.name) {
      entry = file_system_->lookup(here(), step.raw);
    }
    if (!entry && entry.error().status() == Status::not_a_directory) {
      return std::optional<DirEntry>();  // a reparse point that is not followed has nothing below
    }
    return std::move(entry).with_context(
        [&] { return fmt::format("look up {} in {}", to_utf8(step.raw), to_utf8(path_text())); });
  }

  /// Takes one component. False: it is not there.
  Result<bool> advance() {
    const PathStep step = std::move(pending_.back());
    pending_.pop_back();
    if (step.up) {
      if (!steps_.empty()) {
        steps_.pop_back();
      }
      return true;
    }
    auto entry = CASEMENT_TRY(lookup(step));
    if (!entry) {
      return false;
    }
    const bool last = pending_.empty();
    const bool follows = options_.mode == FollowMode::follow ||
                         (options_.mode == FollowMode::nofollow_last && !last);
    if (follows && entry->kind == NodeKind::reparse_point) {
      auto target = CASEMENT_TRY(read_target(*entry));
      if (target) {
        CASEMENT_TRY(count_link(*entry));
        return go_to(*target, *entry);
      }
    }
    if (steps_.size() >= options_.limits.max_path_depth) {
      return fail(Status::limit_exceeded, fmt::format("more than {} components while resolving",
                                                      options_.limits.max_path_depth));
    }
    steps_.push_back({entry->node, entry->kind, std::move(entry->name)});
    return true;
  }

  /// nullopt: the reparse point changes content, not the path.
  Result<std::optional<LinkTarget>> read_target(const DirEntry& link) const {
    const auto context = [&] {
      return fmt::format("reparse point {}\\{}", steps_.empty() ? "" : to_utf8(path_text()),
                         to_utf8(link.name));
    };
    const auto buffer = CASEMENT_TRY(file_system_->reparse_data(link.node).with_context(context));
    const auto tag = CASEMENT_TRY(parse_reparse_tag(buffer).with_context(context));
    if (!is_link_tag(tag)) {
      return std::optional<LinkTarget>();
    }
    const auto reparse = CASEMENT_TRY(parse_reparse_target(buffer).with_context(context));
    auto target = CASEMENT_TRY(parse_link_target(reparse, options_.limits).with_context(context));
    return std::optional<LinkTarget>(std::move(target));
  }

  Result<void> count_link(const DirEntry& link) {
    const auto same = [&](const Followed& other) {
      return other.file_system == file_system_ && other.node == link.node &&
             other.pending == pending_;
    };
    if (std::any_of(followed_.begin(), followed_.end(), same)) {
      return fail(Status::too_many_links, fmt::format("{}: a cycle of links", to_utf8(link.name)));
    }
    if (followed_.size() >= options_.limits.max_reparse) {
      return fail(Status::too_many_links,
                  fmt::format("{}: more than {} links in one path", to_utf8(link.name),
                              options_.limits.max_reparse));
    }
    followed_.push_back({file_system_, link.node, pending_});
    return {};
  }

  /// False: the target's volume is absent or cannot be in an image.
  bool go_to(const LinkTarget& target, const DirEntry& link) {
    if (const auto* path = std::get_if<ParsedPath>(&target)) {
      if (const auto* form = std::get_if<path_root::Unresolvable>(&path->root)) {
        note("unresolvable-link", fmt::format("{} leads to {}: a {}", to_utf8(link.name),
                                              to_utf8(format_path(*path)), form->reason));
        return false;
      }
      return enter(*path);
    }
    const auto& relative = std::get<RelativeTarget>(target);
    if (relative.from_root) {
      steps_.clear();
    }
    pending_.insert(pending_.end(), relative.steps.rbegin(), relative.steps.rend());
    return true;
  }

  const PathWalker& walker_;
  const WalkOptions& options_;
  FileSystemPtr file_system_;
  std::vector<Step> steps_;
  std::vector<PathStep> pending_;  // the next one last
  std::vector<Followed> followed_;
};

}  // namespace

PathWalker::PathWalker(FileSystemPtr home, DriveMap drives)
    : home_(std::move(home)), drives_(std::move(drives)) {}

Result<std::optional<Resolved>> PathWalker::resolve(const ParsedPath& path,
                                                    const WalkOptions& options) const {
  return Walk(*this, options).run(path);
}

Result<std::optional<Resolved>> PathWalker::resolve(std::u16string_view path,
                                                    const WalkOptions& options) const {
  const ParsedPath parsed = CASEMENT_TRY(parse_path(path, options.limits));
  return resolve(parsed, options);
}

Result<std::optional<Resolved>> find_path(const FileSystemPtr& volume, std::u16string_view path,
                                          const WalkOptions& options, char16_t letter) {
  DriveMap drives;
  drives.letters.emplace(letter, volume);
  return PathWalker(volume, std::move(drives)).resolve(path, options);
}

}  // namespace casement

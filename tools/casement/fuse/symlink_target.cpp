// SPDX-License-Identifier: Apache-2.0
// From reparse buffers to relative paths.
#include "tools/casement/fuse/symlink_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "tools/casement/fuse/file_name.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/link_target.h"
#include "vfs/fs/path.h"
#include "vfs/fs/reparse.h"

namespace casement::cli {
namespace {

/// Steps of a target that lead somewhere in the mount.
struct Way {
  std::uint32_t up = 0;  // from the directory of the link
  std::vector<std::string> names;
};

std::string to_text(const Way& way) {
  std::string text;
  const auto add = [&text](std::string_view step) {
    text += text.empty() ? "" : "/";
    text += step;
  };
  for (std::uint32_t i = 0; i < way.up; ++i) {
    add("..");
  }
  for (const std::string& name : way.names) {
    add(name);
  }
  return text.empty() ? "." : text;
}

/// Text that no path walk can follow to anything of the host.
std::string dangling_text(std::u16string target) {
  constexpr std::u16string_view prefix = u"\\??\\";
  if (target.starts_with(prefix)) {
    target.erase(0, prefix.size());
  }
  std::ranges::replace(target, u'/', u'\\');
  std::ranges::replace(target, u'\0', u'\\');
  if (target.empty() || target == u"." || target == u"..") {
    target.insert(0, 1, u'\\');
  }
  return to_wtf8(target);
}

class Resolver {
 public:
  Resolver(const MountLayout& layout, const LinkPlace& place)
      : layout_(layout), place_(place), base_(layout.one_directory_each ? 1 : 0) {}

  /// nullopt: it leads out of what is mounted.
  std::optional<Way> resolve(const LinkTarget& target) const {
    if (const auto* relative = std::get_if<RelativeTarget>(&target)) {
      return relative->from_root ? from_root(place_.volume, collapsed(relative->steps).names)
                                 : from_link(relative->steps);
    }
    const auto& path = std::get<ParsedPath>(target);
    const auto volume = volume_of(path.root);
    if (!volume || !path.stream.empty()) {
      return std::nullopt;
    }
    std::vector<PathStep> steps;
    for (const PathComponent& component : path.components) {
      steps.push_back({false, component.name, component.raw});
    }
    return from_root(*volume, steps);
  }

 private:
  struct Collapsed {
    std::uint32_t up = 0;
    std::vector<PathStep> names;
  };

  /// ".." takes the name before it away, as Windows does; so none can come behind a name, which
  /// might be a link to a place that is less deep.
  static Collapsed collapsed(const std::vector<PathStep>& steps) {
    Collapsed out;
    for (const PathStep& step : steps) {
      if (!step.up) {
        out.names.push_back(step);
      } else if (!out.names.empty()) {
        out.names.pop_back();
      } else {
        ++out.up;
      }
    }
    return out;
  }

  std::optional<Way> from_link(const std::vector<PathStep>& steps) const {
    const Collapsed collapsed_steps = collapsed(steps);
    // ".." at the root of a Windows volume stays there.
    Way way{.up = std::min(collapsed_steps.up, place_.depth - base_), .names = {}};
    for (const PathStep& step : collapsed_steps.names) {
      auto name = to_file_name(step.name);
      if (!name) {
        return std::nullopt;
      }
      way.names.push_back(*std::move(name));
    }
    return way;
  }

  std::optional<Way> from_root(std::size_t volume, const std::vector<PathStep>& steps) const {
    Way way;
    if (volume == place_.volume) {
      way.up = place_.depth - base_;
    } else {
      way.up = place_.depth;
      way.names.push_back(layout_.volumes[volume].name);
    }
    const FileSystem& file_system = *layout_.volumes[volume].file_system;
    std::optional<NodeId> directory = file_system.root();
    for (const PathStep& step : steps) {
      std::u16string stored = step.name;
      if (directory) {
        const auto entry = find(file_system, *directory, step);
        stored = entry ? entry->name : stored;
        directory =
            entry && entry->kind == NodeKind::directory ? std::optional(entry->node) : std::nullopt;
      }
      auto name = to_file_name(stored);
      if (!name) {
        return std::nullopt;
      }
      way.names.push_back(*std::move(name));
    }
    return way;
  }

  /// Damage on the way is no reason not to show where the link leads.
  static std::optional<DirEntry> find(const FileSystem& file_system, NodeId directory,
                                      const PathStep& step) {
    auto entry = file_system.lookup(directory, step.name);
    if (entry && !*entry && step.raw != step.name) {
      entry = file_system.lookup(directory, step.raw);
    }
    return entry ? std::move(entry).take() : std::nullopt;
  }

  std::optional<std::size_t> volume_of(const PathRoot& root) const {
    if (const auto* drive = std::get_if<path_root::Drive>(&root)) {
      return volume_with([drive](const MountedVolume& volume) {
        return std::ranges::find(volume.letters, drive->letter) != volume.letters.end();
      });
    }
    if (const auto* id = std::get_if<path_root::VolumeGuid>(&root)) {
      return volume_with([id](const MountedVolume& volume) {
        return std::ranges::find(volume.ids, id->id) != volume.ids.end();
      });
    }
    return std::nullopt;
  }

  template <class Test>
  std::optional<std::size_t> volume_with(const Test& test) const {
    const MountedVolume& own = layout_.volumes[place_.volume];
    if (test(own)) {
      return place_.volume;
    }
    for (std::size_t i = 0; !own.alone && i < layout_.volumes.size(); ++i) {
      if (!layout_.volumes[i].alone && test(layout_.volumes[i])) {
        return i;
      }
    }
    return std::nullopt;
  }

  const MountLayout& layout_;
  const LinkPlace& place_;
  std::uint32_t base_;  // the depth of a volume's own root
};

}  // namespace

Result<std::string> symlink_text(const MountLayout& layout, const LinkPlace& place, NodeId link) {
  const FileSystem& file_system = *layout.volumes[place.volume].file_system;
  const auto buffer = CASEMENT_TRY(file_system.reparse_data(link));
  ReparseTarget target = CASEMENT_TRY(parse_reparse_target(buffer));
  const auto parsed = parse_link_target(target, {});
  const auto way = parsed ? Resolver(layout, place).resolve(*parsed) : std::nullopt;
  std::string text = way ? to_text(*way) : dangling_text(std::move(target.target));
  if (text.size() > max_symlink_text) {
    return fail(Status::name_too_long,
                fmt::format("link target of {} bytes: at most {} are possible", text.size(),
                            max_symlink_text));
  }
  return text;
}

}  // namespace casement::cli

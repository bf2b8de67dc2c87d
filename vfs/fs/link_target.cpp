// SPDX-License-Identifier: Apache-2.0
// Reading the targets of symlinks, junctions and LX symlinks.
#include "vfs/fs/link_target.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/path_prefix.h"

namespace casement {
namespace {

using UnitTest = bool (*)(char16_t) noexcept;

/// Splits at separators; "." disappears, ".." becomes a step up. Names are taken as written: the
/// object manager, which reads these targets, trims nothing.
Result<std::vector<PathStep>> split_steps(std::u16string_view text, UnitTest is_separator,
                                          const Limits& limits) {
  std::vector<PathStep> steps;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = begin;
    while (end < text.size() && !is_separator(text[end])) {
      ++end;
    }
    const std::u16string name(text.substr(begin, end - begin));
    begin = end + 1;
    if (name.empty() || name == u".") {
      continue;
    }
    if (steps.size() >= limits.max_path_depth) {
      return fail(Status::limit_exceeded,
                  fmt::format("link target with more than {} components", limits.max_path_depth));
    }
    steps.push_back(name == u".." ? PathStep{true, {}, {}} : PathStep{false, name, name});
  }
  return steps;
}

constexpr bool is_slash(char16_t unit) noexcept {
  return unit == u'/';
}

/// WSL stores characters that Windows forbids in names at U+F000 plus their code.
char16_t escape_for_windows(char16_t unit) noexcept {
  constexpr std::u16string_view forbidden = u"\\:*?\"<>|";
  return forbidden.find(unit) == std::u16string_view::npos ? unit
                                                           : static_cast<char16_t>(0xF000 | unit);
}

Result<LinkTarget> parse_lx_target(const std::u16string& text, const Limits& limits) {
  auto steps = CASEMENT_TRY(split_steps(text, is_slash, limits));
  for (PathStep& step : steps) {
    for (char16_t& unit : step.name) {
      unit = escape_for_windows(unit);
    }
    step.raw = step.name;
  }
  if (text.front() != u'/') {
    return LinkTarget(RelativeTarget{false, std::move(steps)});
  }
  ParsedPath path;
  // "/mnt/c/..." is where WSL shows the Windows drives; the rest of "/" is in the distribution.
  const bool on_drive = steps.size() >= 2 && steps[0].name == u"mnt" && steps[1].name.size() == 1 &&
                        steps[1].name[0] >= u'a' && steps[1].name[0] <= u'z';
  if (!on_drive) {
    path.root = path_root::Unresolvable{"path inside a Linux distribution", text};
    return LinkTarget(std::move(path));
  }
  path.root = path_root::Drive{upcase(steps[1].name[0])};
  path.literal = true;
  for (std::size_t i = 2; i < steps.size(); ++i) {
    if (!steps[i].up) {
      path.components.push_back({steps[i].name, steps[i].raw});
    } else if (!path.components.empty()) {
      path.components.pop_back();
    }
  }
  return LinkTarget(std::move(path));
}

Result<LinkTarget> parse_absolute_target(const std::u16string& text, const Limits& limits) {
  auto parsed = parse_path(text, limits);
  if (!parsed && parsed.error().status() == Status::limit_exceeded) {
    return std::unexpected(std::move(parsed).error());
  }
  if (!parsed || !parsed->stream.empty()) {
    return fail(Status::corrupt, fmt::format("link target \"{}\" is no path", to_utf8(text)));
  }
  if (std::holds_alternative<path_root::Rooted>(parsed->root)) {
    RelativeTarget target{true, {}};
    for (PathComponent& component : parsed->components) {
      target.steps.push_back({false, std::move(component.name), std::move(component.raw)});
    }
    return LinkTarget(std::move(target));
  }
  const bool names_volume = std::holds_alternative<path_root::Drive>(parsed->root) ||
                            std::holds_alternative<path_root::VolumeGuid>(parsed->root) ||
                            std::holds_alternative<path_root::HarddiskVolume>(parsed->root) ||
                            std::holds_alternative<path_root::Unresolvable>(parsed->root);
  if (!names_volume) {
    return fail(Status::corrupt,
                fmt::format("absolute link target \"{}\" names no volume", to_utf8(text)));
  }
  return LinkTarget(std::move(parsed).take());
}

}  // namespace

Result<LinkTarget> parse_link_target(const ReparseTarget& target, const Limits& limits) {
  if (target.target.empty()) {
    return fail(Status::corrupt, "empty link target");
  }
  if (target.tag == reparse_tag::lx_symlink) {
    return parse_lx_target(target.target, limits);
  }
  if (!target.relative) {
    return parse_absolute_target(target.target, limits);
  }
  auto steps = CASEMENT_TRY(split_steps(target.target, is_path_separator, limits));
  return LinkTarget(RelativeTarget{is_path_separator(target.target.front()), std::move(steps)});
}

}  // namespace casement

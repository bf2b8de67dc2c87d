// SPDX-License-Identifier: Apache-2.0
// Image::find_file: variables, \SystemRoot, and trees that are the Windows directory itself.
#include <fmt/format.h>

#include <utility>

#include "engine/image/image_state.h"
#include "engine/image/windows_path_text.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/path.h"

namespace casement {
namespace {

using MaybeFile = std::optional<Image::LocatedFile>;

Result<MaybeFile> resolve(const Image::State& state, const ParsedPath& path, FollowMode mode) {
  WalkOptions options;
  options.mode = mode;
  options.limits = state.limits;
  auto found = CASEMENT_TRY(state.walker->resolve(path, options));
  if (!found) {
    return MaybeFile();
  }
  return MaybeFile(Image::LocatedFile{.file_system = std::move(found->file_system),
                                      .node = found->node,
                                      .kind = found->kind,
                                      .path = std::move(found->path),
                                      .stream = std::move(found->stream)});
}

/// Where a tree is the Windows directory itself, "C:\Windows\x" is its "\x". nullopt elsewhere, and
/// for paths that do not lead into the Windows directory.
std::optional<ParsedPath> without_windows_directory(const Image::State& state, ParsedPath path) {
  const Installation& installation = state.installations[state.chosen];
  const auto* drive = std::get_if<path_root::Drive>(&path.root);
  const bool on_system_drive =
      std::holds_alternative<path_root::Rooted>(path.root) ||
      std::holds_alternative<path_root::Relative>(path.root) ||
      (drive != nullptr && drive->letter == letter_of(state.environment.system_root));
  const std::u16string_view own = last_component(state.environment.system_root);
  if (installation.windows_directory != u"\\" || !on_system_drive || path.components.empty() ||
      !equals_folded(path.components.front().name, own)) {
    return std::nullopt;
  }
  path.components.erase(path.components.begin());
  return path;
}

Result<MaybeFile> resolve_from_windows(const Image::State& state, const ParsedPath& path,
                                       FollowMode mode) {
  const ParsedPath windows = CASEMENT_TRY(parse_path(state.environment.system_root, state.limits));
  const ParsedPath whole = CASEMENT_TRY(join_path(windows, path, state.limits));
  if (const auto inner = without_windows_directory(state, whole)) {
    return resolve(state, *inner, mode);
  }
  return resolve(state, whole, mode);
}

}  // namespace

Result<MaybeFile> locate_file(const Image::State& state, std::u16string_view windows_path,
                              FollowMode mode) {
  const std::u16string text =
      CASEMENT_TRY(expand_variables(windows_path, [&state](std::u16string_view name) {
        return find_variable(state.environment, name);
      }));
  ParsedPath path = CASEMENT_TRY(parse_path(text, state.limits));
  if (const auto* variable = std::get_if<path_root::Variable>(&path.root)) {
    return fail(Status::invalid_argument,
                fmt::format("path \"{}\": the installation does not define %{}%",
                            to_utf8(windows_path), to_utf8(variable->name)));
  }
  if (std::holds_alternative<path_root::SystemRoot>(path.root)) {
    return resolve_from_windows(state, path, mode);
  }
  auto found = CASEMENT_TRY(resolve(state, path, mode));
  if (found) {
    return found;
  }
  if (auto inner = without_windows_directory(state, path)) {
    return resolve(state, *inner, mode);
  }
  if (std::holds_alternative<path_root::Relative>(path.root)) {
    return resolve_from_windows(state, path, mode);
  }
  return found;
}

}  // namespace casement

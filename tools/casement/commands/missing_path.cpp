// SPDX-License-Identifier: Apache-2.0
// Explanations for paths and streams that are not there.
#include "tools/casement/commands/missing_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/image/node_lookup.h"
#include "tools/casement/commands/link_text.h"
#include "tools/casement/commands/suggest.h"
#include "tools/casement/messages.h"
#include "tools/casement/render/text.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

/// Names read for suggestions; the largest real directories have about 40,000.
constexpr std::size_t names_read = 50'000;

std::vector<DirEntry> entries_of(const FileSystem& file_system, NodeId directory) {
  Diagnostics passed_over;  // what can be read is enough to suggest something
  auto entries = list_directory(file_system, directory, names_read, passed_over);
  return entries ? std::move(entries).take() : std::vector<DirEntry>();
}

/// The longest name in the directory that `joined` begins with.
std::optional<std::pair<std::u16string, NodeId>> longest_entry(const FileSystem& file_system,
                                                               NodeId directory,
                                                               std::u16string_view joined) {
  std::optional<std::pair<std::u16string, NodeId>> best;
  for (DirEntry& entry : entries_of(file_system, directory)) {
    const std::size_t size = entry.name.size();
    if (size != 0 && size <= joined.size() && (!best || size > best->first.size()) &&
        equals_folded(entry.name, joined.substr(0, size))) {
      best.emplace(std::move(entry.name), entry.node);
    }
  }
  return best;
}

/// True when the path itself is a link: then what it leads to is what is missing.
bool say_broken_link(const ImageFiles& files, std::u16string_view path) {
  const auto link = files.find(path, FollowMode::nofollow_last);
  if (!link || !*link || (*link)->kind != NodeKind::reparse_point) {
    return false;
  }
  const auto target = link_target_text(*(*link)->file_system, (*link)->node);
  if (!target || !*target) {
    return false;
  }
  say_error(fmt::format("{} is a link to {}, which is not in the image",
                        to_utf8((*link)->full_path()), to_utf8(**target)));
  return true;
}

/// The part of `path` that is there, links followed; nullopt: not even its volume.
std::optional<FoundFile> find_present(const ImageFiles& files, ParsedPath& path,
                                      std::u16string& missing) {
  while (!path.components.empty()) {
    missing = path.components.back().raw;
    path.components.pop_back();
    auto found = files.find(format_path(path));
    if (!found) {
      return std::nullopt;
    }
    if (*found) {
      return **std::move(found);
    }
  }
  return std::nullopt;
}

/// `\Windows\System32` without quotes reaches us as `WindowsSystem32`.
bool say_eaten_backslashes(const FoundFile& top, std::u16string_view typed) {
  const std::u16string restored =
      restore_separators(top.node, typed, [&top](NodeId node, std::u16string_view rest) {
        return longest_entry(*top.file_system, node, rest);
      });
  if (restored.find(u'\\') == std::u16string::npos) {
    return false;
  }
  say_hint(fmt::format("the shell took the backslashes away: put the path in single quotes: '{}'",
                       to_utf8((top.drive + u"\\").append(restored))));
  return true;
}

}  // namespace

void say_missing_path(const ImageFiles& files, std::u16string_view path) {
  if (say_broken_link(files, path)) {
    return;
  }
  say_error(fmt::format("no such path: {}", to_utf8(path)));
  Result<ParsedPath> parsed = parse_path(path);
  if (!parsed) {
    return;
  }
  parsed->stream.clear();
  const bool one_name = parsed->components.size() == 1;
  std::u16string missing;
  const auto present = find_present(files, *parsed, missing);
  if (!present) {
    if (const std::string drives = files.drive_list();
        std::holds_alternative<path_root::Drive>(parsed->root) && !drives.empty()) {
      say_hint("the image has these drives: " + drives);
    }
    return;
  }
  const std::string where = to_utf8(present->full_path());
  if (present->kind == NodeKind::file) {
    say_hint(fmt::format("{} is a file", where));
    return;
  }
  say_hint(fmt::format("{} has no '{}'", where, to_utf8(missing)));
  if (one_name && say_eaten_backslashes(*present, missing)) {
    return;
  }
  std::vector<std::u16string> names;
  for (DirEntry& entry : entries_of(*present->file_system, present->node)) {
    names.push_back(std::move(entry.name));
  }
  say_alternatives(missing, names, "entries");
}

void say_missing_stream(const FoundFile& found, std::u16string_view path) {
  say_error(fmt::format("no such stream: {}", to_utf8(path)));
  const auto streams = found.file_system->streams(found.node);
  if (!streams) {
    return;
  }
  std::vector<std::u16string> names;
  for (const StreamInfo& stream : *streams) {
    if (!stream.name.empty()) {
      names.push_back(stream.name);
    }
  }
  say_alternatives(found.stream, names, "named streams");
}

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// Lookups component by component.
#include "engine/image/node_lookup.h"

#include <fmt/format.h>

#include <algorithm>

namespace casement {

std::vector<std::u16string> split_components(std::u16string_view path) {
  std::vector<std::u16string> components;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of(u"\\/"), path.size());
    const std::u16string_view name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (name == u"..") {
      if (!components.empty()) {
        components.pop_back();
      }
    } else if (!name.empty() && name != u".") {
      components.emplace_back(name);
    }
  }
  return components;
}

Result<std::optional<FoundNode>> find_below(const FileSystem& file_system, NodeId dir,
                                            std::u16string_view path) {
  FoundNode found{.node = dir, .kind = NodeKind::directory, .path = {}};
  for (const std::u16string& name : split_components(path)) {
    if (found.kind != NodeKind::directory) {
      return std::optional<FoundNode>();
    }
    const auto entry = CASEMENT_TRY(file_system.lookup(found.node, name));
    if (!entry) {
      return std::optional<FoundNode>();
    }
    found.node = entry->node;
    found.kind = entry->kind;
    found.path += found.path.empty() ? u"" : u"\\";
    found.path += entry->name;
  }
  return std::optional(std::move(found));
}

Result<std::optional<FoundNode>> find_directory_below(const FileSystem& file_system, NodeId dir,
                                                      std::u16string_view path) {
  auto found = CASEMENT_TRY(find_below(file_system, dir, path));
  if (found && found->kind != NodeKind::directory) {
    found.reset();
  }
  return found;
}

Result<std::optional<FoundNode>> find_file_below(const FileSystem& file_system, NodeId dir,
                                                 std::u16string_view path) {
  auto found = CASEMENT_TRY(find_below(file_system, dir, path));
  if (found && found->kind == NodeKind::directory) {
    found.reset();
  }
  return found;
}

Result<std::vector<DirEntry>> list_directory(const FileSystem& file_system, NodeId dir,
                                             std::size_t limit, Diagnostics& findings) {
  std::vector<DirEntry> entries;
  const auto reader = CASEMENT_TRY(file_system.read_dir(dir));
  for (std::size_t read = 0; read < limit; ++read) {
    auto entry = reader->next();
    if (!entry) {
      findings.add("directory-entry", entry.error());
      continue;
    }
    if (!*entry) {
      return entries;
    }
    entries.push_back(**std::move(entry));
  }
  findings.add(Severity::note, "directory-cut",
               fmt::format("only the first {} entries of a directory are searched", limit));
  return entries;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Cleaning stored paths, and looking at the places that they name.
#include "vfs/container/parent_search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace casement {
namespace {

constexpr bool is_separator(char c) noexcept {
  return c == '/' || c == '\\';
}

constexpr bool is_absolute(std::string_view path) noexcept {
  return !path.empty() && (is_separator(path.front()) || (path.size() > 1 && path[1] == ':'));
}

/// The components but for "" and ".".
std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> components;
  while (!path.empty()) {
    const auto end =
        static_cast<std::size_t>(std::ranges::find_if(path, is_separator) - path.begin());
    const std::string_view component = path.substr(0, end);
    if (!component.empty() && component != ".") {
      components.push_back(component);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return components;
}

/// A name that a file can have: no ".." and nothing that ends a name early.
bool is_file_name(std::string_view name) noexcept {
  return !name.empty() && name != ".." && name.find('\0') == std::string_view::npos;
}

}  // namespace

void ParentPaths::add(std::string path) {
  if (std::ranges::find(paths_, path) == paths_.end()) {
    paths_.push_back(std::move(path));
  }
}

void ParentPaths::add_relative(std::string_view stored) {
  const auto components = split_path(stored);
  if (components.empty() || !is_file_name(components.back()) ||
      stored.find('\0') != std::string_view::npos) {
    return;
  }
  if (!is_absolute(stored)) {
    add(fmt::format("{}", fmt::join(components, "/")));
  }
  add(std::string(components.back()));
}

void ParentPaths::add_absolute(std::string_view stored) {
  const auto components = split_path(stored);
  if (!components.empty() && is_file_name(components.back())) {
    add(std::string(components.back()));
  }
}

Result<std::optional<ContainerFile>> find_parent_file(const ContainerFile& child,
                                                      const std::string& path,
                                                      const Limits& limits) {
  if (child.chain >= limits.max_parent_chain) {
    return fail(
        Status::limit_exceeded,
        fmt::format("{}: its parent \"{}\" would be file {} of a chain, at most {} are "
                    "followed: the chain loops or is too long",
                    child.name, path, std::uint64_t{child.chain} + 1, limits.max_parent_chain));
  }
  SourcePtr source = CASEMENT_TRY(child.folder->find(path));
  if (!source) {
    return std::optional<ContainerFile>{};
  }
  const auto slash = path.rfind('/');
  ContainerFile parent;
  parent.source = std::move(source);
  parent.name = slash == std::string::npos ? path : path.substr(slash + 1);
  parent.folder = slash == std::string::npos ? child.folder : child.folder->folder_of(path);
  parent.chain = child.chain + 1;
  return parent;
}

Error missing_parent(const ContainerFile& child, const std::string& wanted,
                     const ParentPaths& searched) {
  const std::string places =
      searched.paths().empty()
          ? "the file stores no usable path"
          : fmt::format("looked for \"{}\" in {}", fmt::join(searched.paths(), "\", \""),
                        child.folder->describe());
  return {Status::not_found,
          fmt::format("{}: its parent, {}, is missing: {}", child.name, wanted, places)};
}

void adopt_parent_report(OpenedContainer& child, const ContainerFile& file,
                         const OpenedContainer& parent) {
  child.other_files.push_back(file.source->describe());
  child.other_files.insert(child.other_files.end(), parent.other_files.begin(),
                           parent.other_files.end());
  for (const Diagnostic& finding : parent.diagnostics.items()) {
    child.diagnostics.add(finding.severity, finding.code,
                          fmt::format("parent {}: {}", file.name, finding.text));
  }
}

}  // namespace casement

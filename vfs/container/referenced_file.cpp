// SPDX-License-Identifier: Apache-2.0
// Cleaning stored paths, searching beside the image, and telling what was found.
#include "vfs/container/referenced_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace casement {
namespace {

constexpr std::string_view separators = "/\\";

bool is_absolute(std::string_view path) noexcept {
  const bool drive = path.size() >= 2 && path[1] == ':';
  return drive || path.starts_with('/') || path.starts_with('\\') || path.starts_with("file:");
}

/// The components but for "" and ".".
std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> components;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of(separators), path.size());
    const std::string_view component = path.substr(0, end);
    if (!component.empty() && component != ".") {
      components.push_back(component);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return components;
}

}  // namespace

void SearchPaths::add_new(std::string path) {
  if (std::ranges::find(paths_, path) == paths_.end()) {
    paths_.push_back(std::move(path));
  }
}

void SearchPaths::add(std::string_view stored) {
  const auto components = split_path(stored);
  if (components.empty() || components.back() == ".." ||
      stored.find('\0') != std::string_view::npos) {
    return;
  }
  if (!is_absolute(stored)) {
    add_new(fmt::format("{}", fmt::join(components, "/")));
  }
  add_new(std::string(components.back()));
}

Result<std::optional<ReferencedFile>> find_file_at(const ImageFolderPtr& folder,
                                                   const std::string& path) {
  SourcePtr source = CASEMENT_TRY(folder->find(path));
  if (!source) {
    return std::nullopt;
  }
  const std::string_view name = last_component(path);
  return ReferencedFile{std::move(source), std::string(name), path,
                        name.size() == path.size() ? folder : folder->folder_of(path)};
}

Result<ReferencedFile> find_referenced(const ImageFolderPtr& folder, std::string_view stored,
                                       std::string_view role) {
  SearchPaths places;
  places.add(stored);
  for (const std::string& path : places.paths()) {
    if (auto found = CASEMENT_TRY(find_file_at(folder, path))) {
      return *std::move(found);
    }
  }
  return std::unexpected(
      missing_file(fmt::format("{} \"{}\"", role, printable_text(stored)), *folder, places));
}

Error missing_file(std::string_view wanted, const ImageFolder& folder,
                   const SearchPaths& searched) {
  std::vector<std::string> places;
  std::ranges::transform(searched.paths(), std::back_inserter(places), printable_text);
  return {Status::not_found, places.empty()
                                 ? fmt::format("{}: not found: no stored path names a file", wanted)
                                 : fmt::format("{}: not found: looked for \"{}\" in {}", wanted,
                                               fmt::join(places, "\", \""), folder.describe())};
}

Result<OpenedContainer> open_parent_file(const ContainerFile& child, const ReferencedFile& parent,
                                         std::string_view role, const ContainerContext& context,
                                         OpenedContainer& disk) {
  const std::uint32_t limit = context.limits.max_parent_chain;
  if (child.chain >= limit) {
    return fail(Status::limit_exceeded,
                fmt::format("{} {} of {} would be file {} of a chain, at most {} are followed: the "
                            "chain loops or is too long",
                            role, printable_text(parent.path), child.name,
                            std::uint64_t{child.chain} + 1, limit));
  }
  OpenedContainer opened = CASEMENT_TRY(
      context.open_disk({parent.source, parent.name, parent.folder, child.chain + 1})
          .with_context([&] { return fmt::format("{} {}", role, printable_text(parent.path)); }));
  disk.other_files.push_back(parent.path);
  disk.other_files.insert(disk.other_files.end(), opened.other_files.begin(),
                          opened.other_files.end());
  disk.diagnostics.append(opened.diagnostics, fmt::format("{} {}: ", role, parent.path));
  return opened;
}

std::string_view last_component(std::string_view path) noexcept {
  const std::size_t separator = path.find_last_of(separators);
  return separator == std::string_view::npos ? path : path.substr(separator + 1);
}

std::string printable_text(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      c = '?';
    }
  }
  return out;
}

}  // namespace casement

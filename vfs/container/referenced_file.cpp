// SPDX-License-Identifier: Apache-2.0
// Searching beside the image, and telling what was found.
#include "vfs/container/referenced_file.h"

#include <fmt/format.h>

#include <utility>

namespace casement {

std::string_view last_component(std::string_view path) noexcept {
  const std::size_t separator = path.find_last_of("/\\");
  return separator == std::string_view::npos ? path : path.substr(separator + 1);
}

bool is_absolute_path(std::string_view path) noexcept {
  const bool drive = path.size() >= 2 && path[1] == ':';
  return drive || path.starts_with('/') || path.starts_with('\\');
}

Result<std::optional<ReferencedFile>> find_referenced(const ImageFolderPtr& folder,
                                                      std::string_view path) {
  const std::string_view last = last_component(path);
  if (last.empty()) {
    return std::nullopt;
  }
  if (last != path && !is_absolute_path(path)) {
    if (SourcePtr source = CASEMENT_TRY(folder->find(path))) {
      return ReferencedFile{std::move(source), std::string(last), std::string(path),
                            folder->folder_of(path)};
    }
  }
  SourcePtr source = CASEMENT_TRY(folder->find(last));
  if (!source) {
    return std::nullopt;
  }
  return ReferencedFile{std::move(source), std::string(last), std::string(last), folder};
}

Result<ReferencedFile> need_referenced(const ImageFolderPtr& folder, std::string_view path,
                                       std::string_view role) {
  auto found = CASEMENT_TRY(find_referenced(folder, path));
  if (!found) {
    const std::string_view last = last_component(path);
    const std::string also =
        last == path || last.empty()
            ? std::string()
            : fmt::format(", nor \"{}\" by its last component", printable_text(last));
    return fail(Status::not_found, fmt::format("{} \"{}\" is not in {}{}", role,
                                               printable_text(path), folder->describe(), also));
  }
  return *std::move(found);
}

void adopt_parent(OpenedContainer& disk, const std::string& path, OpenedContainer&& parent) {
  disk.other_files.push_back(path);
  for (std::string& file : parent.other_files) {
    disk.other_files.push_back(std::move(file));
  }
  for (const Diagnostic& finding : parent.diagnostics.items()) {
    disk.diagnostics.add(finding.severity, finding.code, fmt::format("{}: {}", path, finding.text));
  }
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

// SPDX-License-Identifier: Apache-2.0
// Files that an image names: parents, backing files, extents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/container/container.h"

namespace casement {

/// Places to look for one file, best first, each once. All are relative to the folder of the image
/// that names the file.
class SearchPaths {
 public:
  /// Adds what a stored path gives. "..\base\win.vhd": the path itself; then its last component,
  /// because images are moved together with their parents more often than in their old folders.
  /// Absolute ones ("C:\win.vhd", "/a/win.vhd", "\\?\Volume{...}\win.vhd", "file:///a/win.vhd") are
  /// of another machine: their last component only. Nothing when it names no file.
  void add(std::string_view stored);

  const std::vector<std::string>& paths() const noexcept { return paths_; }

 private:
  void add_new(std::string path);

  std::vector<std::string> paths_;
};

/// One that was found.
struct ReferencedFile {
  SourcePtr source;
  std::string name;       // last component
  std::string path;       // as it was found, relative to the folder of the image
  ImageFolderPtr folder;  // that it lies in
};

/// The file at one place; nullopt: there is none.
Result<std::optional<ReferencedFile>> find_file_at(const ImageFolderPtr& folder,
                                                   const std::string& path);

/// The first that is there among the places that the path `stored` gives. not_found, with `role`
/// ("backing file") and the places, when there is none.
Result<ReferencedFile> find_referenced(const ImageFolderPtr& folder, std::string_view stored,
                                       std::string_view role);

/// not_found: says that `wanted` ("parent of a.vhd, the VHD with id ...") is at none of the places.
Error missing_file(std::string_view wanted, const ImageFolder& folder, const SearchPaths& searched);

/// Opens a file that was found as the next one of the chain, and adds its name, its files and its
/// findings to `disk`, the one above it. Errors are told with `role` ("backing file").
/// limit_exceeded: the chain is too long, as it is when it loops.
Result<OpenedContainer> open_parent_file(const ContainerFile& child, const ReferencedFile& parent,
                                         std::string_view role, const ContainerContext& context,
                                         OpenedContainer& disk);

/// The last component of a path with '/' or '\'.
std::string_view last_component(std::string_view path) noexcept;

/// Text from an image for a line that people read: control characters become '?'.
std::string printable_text(std::string_view text);

}  // namespace casement

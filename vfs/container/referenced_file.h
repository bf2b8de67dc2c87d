// SPDX-License-Identifier: Apache-2.0
// Files that an image names: parents, backing files, extents.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vfs/container/container.h"

namespace casement {

struct ReferencedFile {
  SourcePtr source;
  std::string name;       // last component
  std::string path;       // as it was found, relative to the folder of the image
  ImageFolderPtr folder;  // that it lies in
};

/// The last component of a path with '/' or '\'.
std::string_view last_component(std::string_view path) noexcept;

/// "/images/a.vmdk", "C:\a.vmdk", "\\server\share\a.vmdk".
bool is_absolute_path(std::string_view path) noexcept;

/// Looks for `path` relative to `folder`, then for its last component in `folder`: images are moved
/// together with their parents more often than in their old folders. Absolute paths are looked for
/// by their last component only. nullopt: there is none; errors other than absence are errors.
Result<std::optional<ReferencedFile>> find_referenced(const ImageFolderPtr& folder,
                                                      std::string_view path);

/// The same; not_found, with `role` ("backing file") and where was searched, when there is none.
Result<ReferencedFile> need_referenced(const ImageFolderPtr& folder, std::string_view path,
                                       std::string_view role);

/// Takes over what `parent` needed and found, as parts of the disk above it.
void adopt_parent(OpenedContainer& disk, const std::string& path, OpenedContainer&& parent);

/// Text from an image for a line that people read: control characters become '?'.
std::string printable_text(std::string_view text);

}  // namespace casement

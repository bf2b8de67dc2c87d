// SPDX-License-Identifier: Apache-2.0
// The directory WinSxS of one installation.
#include "engine/inspect/component_store.h"

#include "engine/image/windows_path_text.h"
#include "engine/inspect/windows_file_name.h"

namespace casement {

Result<std::optional<ComponentStore>> ComponentStore::open(const Image& image) {
  std::optional<Image::LocatedFile> root = CASEMENT_TRY(
      image.find_file(as_rooted(image.installation().windows_directory + u"\\WinSxS")));
  if (!root || root->kind != NodeKind::directory) {
    return std::optional<ComponentStore>();
  }
  return std::optional(ComponentStore(*std::move(root)));
}

Result<std::optional<DirEntry>> ComponentStore::find(std::u16string_view name) const {
  if (!is_file_name(name)) {
    return std::optional<DirEntry>();
  }
  return root_.file_system->lookup(root_.node, name);
}

Result<std::optional<DirEntry>> ComponentStore::find_in(std::u16string_view folder,
                                                        std::u16string_view name) const {
  const std::optional<DirEntry> directory = CASEMENT_TRY(find(folder));
  if (!directory || directory->kind != NodeKind::directory || !is_file_name(name)) {
    return std::optional<DirEntry>();
  }
  return root_.file_system->lookup(directory->node, name);
}

Result<std::optional<DirEntry>> ComponentStore::find_below(NodeId directory,
                                                           std::u16string_view path) const {
  std::optional<DirEntry> found;
  while (!path.empty()) {
    const std::size_t end = path.find_first_of(u"\\/");
    const std::u16string_view name = path.substr(0, end);
    path = end == std::u16string_view::npos ? std::u16string_view() : path.substr(end + 1);
    if (!is_file_name(name) || (found && found->kind != NodeKind::directory)) {
      return std::optional<DirEntry>();
    }
    found = CASEMENT_TRY(root_.file_system->lookup(found ? found->node : directory, name));
    if (!found) {
      return found;
    }
  }
  return found;
}

}  // namespace casement

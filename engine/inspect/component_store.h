// SPDX-License-Identifier: Apache-2.0
// The directory WinSxS of one installation.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/image/image.h"

namespace casement {

/// Finds what lies in WinSxS. Belongs to one thread.
class ComponentStore {
 public:
  /// Where it is, or that it is not there. Errors: as Image::find_file.
  static Result<std::optional<ComponentStore>> open(const Image& image);

  const FileSystemPtr& file_system() const noexcept { return root_.file_system; }
  NodeId root() const noexcept { return root_.node; }
  /// "\Windows\WinSxS".
  const std::u16string& path() const noexcept { return root_.path; }

  /// An entry of the store's root; nullopt: there is none.
  Result<std::optional<DirEntry>> find(std::u16string_view name) const;
  /// A file in its directory `folder` ("Manifests"); nullopt: one of them is not there.
  Result<std::optional<DirEntry>> find_in(std::u16string_view folder,
                                          std::u16string_view name) const;
  /// By a path of one or more names below `directory`; nullopt: one of them is not there.
  Result<std::optional<DirEntry>> find_below(NodeId directory, std::u16string_view path) const;

 private:
  explicit ComponentStore(Image::LocatedFile root) : root_(std::move(root)) {}

  Image::LocatedFile root_;
};

}  // namespace casement

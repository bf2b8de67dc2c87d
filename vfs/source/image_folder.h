// SPDX-License-Identifier: Apache-2.0
// The folder that an image file lies in: where its parents, extents, segments and parts are.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/result.h"

namespace casement {

/// The directory that an image file lies in, on the host or inside another image.
class ImageFolder {
 public:
  ImageFolder() = default;
  ImageFolder(const ImageFolder&) = delete;
  ImageFolder& operator=(const ImageFolder&) = delete;
  virtual ~ImageFolder() = default;

  /// A file by a path relative to this folder. '/' and '\' separate, ".." leads up, names match
  /// exactly or else without regard to case. Absolute paths are not looked up: take their last
  /// component. nullptr when there is none; errors other than absence are errors.
  virtual Result<SourcePtr> find(std::string_view relative) const = 0;

  /// The folder that `relative` (a file's path) lies in; for parents that name their own parents.
  virtual std::shared_ptr<const ImageFolder> folder_of(std::string_view relative) const = 0;

  /// Names of the files in this folder, in no order; unsupported when they cannot be listed. For
  /// parents that are known by a number only (VDI).
  virtual Result<std::vector<std::string>> list() const {
    return fail(Status::unsupported, "the files of this folder cannot be listed");
  }

  /// For messages: "/images".
  virtual std::string describe() const = 0;

  /// The host path of a file in this folder, for libraries that open files themselves; nullopt when
  /// the folder is not the host's.
  virtual std::optional<std::string> host_path(std::string_view relative) const = 0;
};

using ImageFolderPtr = std::shared_ptr<const ImageFolder>;

}  // namespace casement

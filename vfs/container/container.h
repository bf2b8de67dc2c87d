// SPDX-License-Identifier: Apache-2.0
// What disk image formats have in common: a file in, the bytes of a disk out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/source/block_cache.h"

namespace casement {

/// A disk that a container holds.
struct OpenedContainer {
  SourcePtr disk;      // the virtual disk; keeps every file that it needs open
  std::string format;  // "vhdx"
  /// One line for people: "dynamic, 127 GiB, 32 MiB blocks, 2 log entries replayed".
  std::string detail;
  /// Bytes of a logical sector, where the format says so.
  std::optional<std::uint32_t> sector_size;
  /// Parents (nearest first), extents and segments that were opened beside the file itself.
  std::vector<std::string> other_files;
  Diagnostics diagnostics;
};

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

/// One file to be opened as a container.
struct ContainerFile {
  SourcePtr source;
  std::string name;       // last component: "disk-s001.vmdk"
  ImageFolderPtr folder;  // never null
  /// Files below this one in the chain so far, this one included: at most Limits::max_parent_chain.
  std::uint32_t chain = 1;
};

/// What open() of a format may use.
struct ContainerContext {
  Limits limits;
  /// Decoded blocks of this image; never null. Take owner numbers from next_owner.
  BlockCachePtr cache;
  /// Opens a parent of whatever format its content says (QCOW2 backing files may be anything).
  /// limit_exceeded: the chain is too long, as it is when it loops.
  std::function<Result<OpenedContainer>(const ContainerFile&)> open_disk;
  /// A number that no other user of `cache` has.
  std::function<std::uint64_t()> next_owner;
};

/// One row of the table in vfs/open. probe() reads only the magic: a damaged VHDX is still a VHDX,
/// and open() then says what is wrong with it.
struct ContainerFormat {
  const char* name;
  Result<bool> (*probe)(const ContainerFile& file);
  Result<OpenedContainer> (*open)(const ContainerFile& file, const ContainerContext& context);
};

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// What disk image formats have in common: a file in, the bytes of a disk out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/source/block_cache.h"
#include "vfs/source/image_folder.h"

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

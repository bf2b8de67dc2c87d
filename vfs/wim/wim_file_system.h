// SPDX-License-Identifier: Apache-2.0
// The tree of one image in a WIM, read from its metadata resource.
#pragma once

#include <memory>
#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/wim/blob_store.h"

namespace casement::wim {

/// What a tree is made of.
struct ImageParts {
  /// The plain metadata resource. Small reads decode only the chunks that they touch and keep a few
  /// of them; a read of all of it decodes every chunk once, straight into the reader's memory.
  SourcePtr metadata;
  std::shared_ptr<const BlobStore> blobs;
  bool reparse_points_fixed = false;
  std::u16string label;  // the image's name: FileSystemInfo::label
  std::string where;     // for messages: "install.wim image 2"
};

/// Reads the security data's header and the root entry, nothing more. corrupt, truncated: there is
/// no root directory. Offsets, lengths, names and loops are checked when they are met: a damaged
/// entry is an Error of its DirReader or VolumeScan, and its neighbours are given.
Result<FileSystemPtr> open_image_tree(ImageParts parts, const Limits& limits);

}  // namespace casement::wim

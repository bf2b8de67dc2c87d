// SPDX-License-Identifier: Apache-2.0
// Captured trees as volumes: one tree, or one a drive.
#pragma once

#include <string>

#include "vfs/core/byte_source.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/collection.h"
#include "vfs/open/opener.h"

namespace casement {

/// What stands for a tree that is no collection.
enum class NestedVolumes : unsigned char {
  ignore,   // the tree as it is
  look_for  // the volumes that were packed with a folder around them, where there are any
};

/// Appends the volumes of a captured tree, and the layer "collection" where it is one. `kind` is
/// the name of the volume that a tree without drives is: "directory", "archive". Errors: the root
/// cannot be read.
Result<void> add_tree_volumes(OpenedImage& image, const CapturedTree& tree, const std::string& kind,
                              NestedVolumes nested);

/// Appends the layer "archive", and the volumes of what is in it. false: the file is no archive;
/// nothing was added. Errors: those of open_archive().
Result<bool> add_archive_volumes(OpenedImage& image, const SourcePtr& file, const Limits& limits);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// A directory of a file system as a file system of its own.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vfs/core/limits.h"
#include "vfs/fs/file_system.h"
#include "vfs/fs/host_name.h"

namespace casement {

/// What lies below `directory` of `whole`, with `directory` as its root. With NameCoding::percent
/// names are shown with every %XX undone; two names that become the same are both listed, and
/// lookup() gives the lowest one as stored ("ambiguous-case"). Node ids, contents and links are
/// those of `whole`; an id from outside of `directory` is not refused. Thread-safe.
/// not_a_directory: `directory` is none. Precondition: `whole` is not null.
Result<FileSystemPtr> make_subtree(FileSystemPtr whole, NodeId directory,
                                   NameCoding names = NameCoding::plain, const Limits& limits = {});

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Names as a listing shows them: 8.3 names beside the long ones that they stand for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vfs/ntfs/file_name.h"
#include "vfs/ntfs/node.h"

namespace casement::ntfs {

/// One stored name of a file, of any name space.
struct StoredName {
  FileReference file;
  FileReference parent;
  NtfsNameSpace name_space = NtfsNameSpace::win32;
  std::u16string name;
  /// By the copies in the name itself, which may be old.
  NodeKind kind = NodeKind::file;
};

struct ListedName {
  FileReference file;
  FileReference parent;
  std::u16string name;
  std::u16string short_name;  // 8.3, empty when there is none
  NodeKind kind = NodeKind::file;
};

/// A copy of a parsed $FILE_NAME of `file`.
StoredName make_stored_name(FileReference file, const NtfsFileName& name);

/// Gives each DOS name to the Win32 name of the same file and parent; of several, to the lowest in
/// unit order. A DOS name without such a partner is listed itself, so that its file is not hidden.
/// Keeps the order.
std::vector<ListedName> pair_names(std::vector<StoredName> names);

/// All names of a file.
std::vector<ListedName> listed_names(const NtfsNode& node);

}  // namespace casement::ntfs

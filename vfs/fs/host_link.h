// SPDX-License-Identifier: Apache-2.0
// Symlinks of the host as the reparse points that Windows would see.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/fs/host_name.h"

namespace casement {

/// A symlink buffer (tag 0xA000000C) for a host symlink with this text, in a tree whose root is
/// `tree_path` (absolute, without links):
///  - a relative text becomes a relative link;
///  - an absolute text below `tree_path` leads to the same place in the tree, any other absolute
///    text is taken as a path from the root of the tree: nothing leads outside;
///  - "C:\x", "C:/x" and "\??\C:\x" are Windows targets that an archive tool kept.
/// name_too_long: more than a reparse buffer holds.
Result<std::vector<std::byte>> make_host_link_buffer(std::string_view text,
                                                     std::string_view tree_path, NameCoding coding);

/// The tag when the text is what ntfs-3g shows for a reparse point that it does not know:
/// "unsupported reparse tag 0x80000017".
std::optional<std::uint32_t> parse_unsupported_tag(std::string_view text);

}  // namespace casement

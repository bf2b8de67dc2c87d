// SPDX-License-Identifier: Apache-2.0
// What NTFS keeps of a node beside its content, as extended attributes with ntfs-3g's names.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"

namespace casement::cli {

/// Largest value that Linux takes: a named stream may be larger.
inline constexpr std::size_t max_attribute_value = std::size_t{64} << 10;
/// Longest name, in bytes, and all names of a node together.
inline constexpr std::size_t max_attribute_name = 255;
inline constexpr std::size_t max_attribute_names = std::size_t{64} << 10;

/// A node, with what only its directory knows of it.
struct AttributedNode {
  const FileSystem* file_system = nullptr;
  NodeId node;
  std::string short_name;  // 8.3; empty: none
};

/// The value of one attribute; nullopt: the node has none of this name.
///   system.ntfs_attrib       FILE_ATTRIBUTE_* bits, 4 bytes
///   system.ntfs_times        FILETIMEs of creation, modification, access, change: 8 bytes each
///   system.ntfs_crtime       the first of them
///   system.ntfs_reparse_data the reparse buffer with its header
///   system.ntfs_acl          the self-relative security descriptor
///   system.ntfs_dos_name     the 8.3 name
///   user.NAME                the named stream NAME
/// Integers are in the order of this machine, with "_be" behind the name in big-endian order.
/// limit_exceeded: a stream larger than max_attribute_value. Else as the file system says.
Result<std::optional<std::vector<std::byte>>> read_attribute(const AttributedNode& node,
                                                             std::string_view name);

/// The names that a listing shows: those of the streams. The others are there for who asks for
/// them, as with ntfs-3g: programs that copy everything listed could write them nowhere. Left
/// out are streams whose names are no attribute names, and the packed bytes of a CompactOS file.
Result<std::vector<std::string>> list_attributes(const AttributedNode& node);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// Extended attributes of a node: what ntfs-3g and ntfs3 tell about the NTFS below. POSIX only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/filetime.h"
#include "vfs/core/result.h"

namespace casement {

/// The four times of $STANDARD_INFORMATION.
struct NtfsTimes {
  FileTime created;
  FileTime modified;
  FileTime accessed;
  FileTime changed;
};

/// Names a node for the functions below: an open descriptor (O_PATH is enough), or an entry of an
/// open directory. Needs /proc; without it there are no attributes.
std::string xattr_path(int fd);
std::string xattr_path(int directory, const std::string& name);

/// The value of one attribute; nullopt when the node has none or the host keeps none.
/// `path` is from xattr_path(); a last component that is a symlink is not followed for entries.
Result<std::optional<std::vector<std::byte>>> read_xattr(const std::string& path, const char* name);

/// The names of all attributes; empty when the host keeps none.
Result<std::vector<std::string>> list_xattrs(const std::string& path);

/// Whether the file system of the node offers system.ntfs_* attributes at all.
bool offers_ntfs_attributes(const std::string& path);

/// FILE_ATTRIBUTE_* bits, times, 8.3 name (host bytes), reparse buffer, security descriptor.
Result<std::optional<std::uint32_t>> read_ntfs_attributes(const std::string& path);
Result<std::optional<NtfsTimes>> read_ntfs_times(const std::string& path);
Result<std::optional<std::string>> read_ntfs_short_name(const std::string& path);
Result<std::optional<std::vector<std::byte>>> read_ntfs_reparse(const std::string& path);
Result<std::optional<std::vector<std::byte>>> read_ntfs_security(const std::string& path);

}  // namespace casement

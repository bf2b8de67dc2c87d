// SPDX-License-Identifier: Apache-2.0
// What a mount remembers of the host: directories by their one path, files by what tells a change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vfs/core/result.h"

namespace casement {

/// Tells one state of a file from another. Of a directory the device and the inode alone: what is
/// in it may change.
struct FileFacts {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;  // since 1970
  std::int64_t changed_ns = 0;

  friend bool operator==(const FileFacts&, const FileFacts&) = default;
};

/// Of what `path` leads to. not_found, access_denied, ... as the host says.
Result<FileFacts> read_file_facts(const std::string& path);

/// A path as /proc/self/mountinfo names it: absolute, without links. Of a directory that is gone,
/// or whose mount is dead, as much as can be said: its parent without links, or the text made
/// absolute.
std::string canonical_path(const std::string& path);

/// The canonical path of a directory that is there and has nothing in it. not_found,
/// not_a_directory, access_denied, ... of the directory; invalid_argument: it is not empty.
Result<std::string> require_empty_directory(const std::string& directory);

/// Whether `path` is a directory that answers.
bool is_directory(const std::string& path);

/// Whether a mount's server is gone (ENOTCONN). Asks the server: blocks as long as it does.
bool is_dead_mount(const std::string& directory);

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Other people's programs for optical media, and what they say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"
#include "vfs/fs/file_system.h"

namespace casement::test {

/// A directory tree of the host to make images from: deep, wide and long names, times before and
/// after 2000, an empty file, a directory of many entries.
class MediaSource {
 public:
  MediaSource();
  const std::string& path() const noexcept { return folder_.path(); }

 private:
  TempDir folder_;
};

/// The lines of oracle_support.h for what lies below a directory of the host.
std::vector<std::string> host_lines(const std::string& directory);

/// The same for what `command` unpacks into the current directory; "%s" in it is the image. Its
/// exit code does not count.
std::vector<std::string> unpacked_lines(const std::string& command, const std::string& image);

/// Lines without those of directories.
std::vector<std::string> files_of(std::vector<std::string> lines);

}  // namespace casement::test

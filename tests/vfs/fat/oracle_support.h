// SPDX-License-Identifier: Apache-2.0
// Other people's programs for FAT and exFAT, and what they say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/fs/file_system.h"

namespace casement::test {

std::string sha256_of(std::string_view bytes);

/// One line a file and directory, sorted: path, size, time of modification in seconds since 1970
/// and SHA-256, as our file system says. Times are cut to multiples of `seconds`: the kit leaves
/// out what exFAT keeps of odd ones.
std::vector<std::string> our_lines(const FileSystemPtr& volume, std::int64_t seconds = 1);
/// The same as fls and icat of The Sleuth Kit say of an image file.
std::vector<std::string> tsk_lines(const std::string& image, const std::string& type);

}  // namespace casement::test

// SPDX-License-Identifier: Apache-2.0
// Whole small files of an image, read into memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/image/image.h"
#include "vfs/core/result.h"

namespace casement {

struct ImageFile {
  std::u16string path;  // names as stored, from the root of its volume
  std::vector<std::byte> bytes;
};

/// The file at a Windows path (see Image::find_file). nullopt: not there, or a directory.
/// limit_exceeded: longer than `max_size`. Else as reading.
Result<std::optional<ImageFile>> read_image_file(const Image& image, std::u16string_view path,
                                                 std::uint64_t max_size);

}  // namespace casement

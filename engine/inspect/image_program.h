// SPDX-License-Identifier: Apache-2.0
// Programs and libraries of an image, opened for what is inside of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/image/image.h"
#include "engine/pe/pe_file.h"
#include "vfs/core/result.h"

namespace casement {

struct ImageProgram {
  std::u16string path;  // names as stored, from the root of its volume
  PeFile file;
};

/// The program at a Windows path (see Image::find_file). nullopt: not there, or a directory. Else
/// as Image::find_file, opening a file and PeFile::open.
Result<std::optional<ImageProgram>> open_image_program(const Image& image,
                                                       std::u16string_view path);

}  // namespace casement

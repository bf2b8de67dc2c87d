// SPDX-License-Identifier: Apache-2.0
// Find, check the size, read.
#include "engine/inspect/image_file.h"

#include <utility>

#include "engine/inspect/file_bytes.h"
#include "vfs/core/utf16.h"

namespace casement {

Result<std::optional<ImageFile>> read_image_file(const Image& image, std::u16string_view path,
                                                 std::uint64_t max_size) {
  const auto file = CASEMENT_TRY(image.find_file(path));
  if (!file || file->kind == NodeKind::directory) {
    return std::optional<ImageFile>();
  }
  const auto place = [&] { return to_utf8(file->path); };
  const SourcePtr source =
      CASEMENT_TRY(file->file_system->open(file->node, {}).with_context(place));
  ImageFile read{.path = file->path, .bytes = {}};
  read.bytes = CASEMENT_TRY(read_all(*source, max_size).with_context(place));
  return std::optional(std::move(read));
}

}  // namespace casement

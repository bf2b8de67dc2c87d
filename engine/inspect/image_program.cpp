// SPDX-License-Identifier: Apache-2.0
// Find, open, read the headers.
#include "engine/inspect/image_program.h"

#include <utility>

#include "vfs/core/utf16.h"

namespace casement {

Result<std::optional<ImageProgram>> open_image_program(const Image& image,
                                                       std::u16string_view path) {
  auto located = CASEMENT_TRY(image.find_file(path));
  if (!located || located->kind == NodeKind::directory) {
    return std::optional<ImageProgram>();
  }
  const auto place = [&located] { return to_utf8(located->path); };
  SourcePtr source =
      CASEMENT_TRY(located->file_system->open(located->node, {}).with_context(place));
  PeFile file = CASEMENT_TRY(PeFile::open(std::move(source)).with_context(place));
  return std::optional(ImageProgram{.path = std::move(located->path), .file = std::move(file)});
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The image file of /ImageFile, and which of its images /Index or /Name means.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/session/image_catalog.h"
#include "tools/dism/context.h"

namespace casement::dism {

struct AskedCatalog {
  std::string path;  // as given
  ImageCatalog catalog;
  std::optional<std::size_t> image;  // a position in catalog.images; nullopt: none was named
};

/// wrong_usage: no /ImageFile, /Index and /Name both, no such image. bad_format: a directory, or no
/// image. Else as read_image_catalog().
Result<AskedCatalog> read_asked_catalog(Context& context);

}  // namespace casement::dism

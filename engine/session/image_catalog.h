// SPDX-License-Identifier: Apache-2.0
// The images in an image file: what DISM's Get-ImageInfo answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vfs/core/diagnostics.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/open/opener.h"

namespace casement {

/// One image.
struct CatalogImage {
  /// Of a WIM: what its XML data says, and no more. Of a disk or a directory: the same facts as the
  /// registry of the installation in it has them.
  wim::ImageClaims claims;
  /// A WIM: boot.wim's boot index names it. A disk: a boot manager starts it. nullopt: not known.
  std::optional<bool> bootable;
};

enum class CatalogKind : std::uint8_t { wim, disk, directory };

/// All images of a file.
struct ImageCatalog {
  CatalogKind kind = CatalogKind::wim;
  OpenedImage opened;  // with OpenedImage::wim when kind is wim
  /// The one that a selector names, as a position in `images`.
  std::optional<std::size_t> selected;
  std::vector<CatalogImage> images;
  Diagnostics diagnostics;
};

/// Opens `image_path` as SessionRequest::image_path is taken. A WIM, and installation media, have
/// one entry an image; nothing of their trees is read. Everything else has one, with index 1: the
/// installation that a session would open. Errors as Session::open().
Result<ImageCatalog> read_image_catalog(const std::u16string& image_path,
                                        const Limits& limits = {});

}  // namespace casement

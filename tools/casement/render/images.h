// SPDX-License-Identifier: Apache-2.0
// The images of a file, for people and for programs.
#pragma once

#include <string>

#include "engine/session/image_catalog.h"

namespace casement::cli {

/// One line an image. Where a selector names one image, that one alone, as in the other two.
void render_images_table(std::string& out, const ImageCatalog& catalog);
/// Everything that is known of each.
void render_images_list(std::string& out, const ImageCatalog& catalog);
void render_images_json(std::string& out, const ImageCatalog& catalog);

/// "x86", "amd64", "arm64", ...: PROCESSOR_ARCHITECTURE numbers; the number itself where it is
/// another.
std::string processor_architecture_name(std::uint32_t architecture);

/// "10.0.22631.2861"; without the part that the XML leaves out.
std::string version_text(const wim::ClaimedVersion& version);

/// The positions in ImageCatalog::images that are shown.
std::vector<std::size_t> shown_images(const ImageCatalog& catalog);

}  // namespace casement::cli

// SPDX-License-Identifier: Apache-2.0
// One volume an image.
#include "vfs/open/wim_images.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace casement {
namespace {

std::string describe(const wim::WimFile& file) {
  const wim::WimHeader& header = file.header();
  std::string text =
      fmt::format("{} image{}", header.image_count, header.image_count == 1 ? "" : "s");
  text += header.compression == wim::Compression::none
              ? ", not compressed"
              : fmt::format(", {} in chunks of {} KiB", wim::to_string(header.compression),
                            header.chunk_size / 1024);
  if (header.part_count > 1) {
    text += fmt::format(", {} of {} parts", file.part_names().size(), header.part_count);
  }
  if (header.pipable) {
    text += ", pipable";
  }
  if (header.boot_index != 0) {
    text += fmt::format(", starts image {}", header.boot_index);
  }
  return text;
}

}  // namespace

Result<void> add_wim(OpenedImage& image, const wim::WimLocation& location, const Limits& limits) {
  wim::WimFilePtr file = CASEMENT_TRY(wim::WimFile::open(location, limits));
  image.layers.push_back({"wim", describe(*file)});
  for (const wim::ImageClaims& claims : file->images()) {
    Volume volume;
    volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
    volume.name = fmt::format("image {}", claims.index);
    volume.wim_image = claims.index;
    volume.content = "wim";
    if (image.volumes.size() >= max_wim_trees) {
      volume.reason = fmt::format("not opened: more than {} images; #{} selects this one",
                                  max_wim_trees, claims.index);
      image.volumes.push_back(std::move(volume));
      continue;
    }
    auto tree = file->file_system(claims.index);
    if (tree) {
      volume.file_system = *std::move(tree);
    } else {
      volume.reason = tree.error().message();
    }
    image.volumes.push_back(std::move(volume));
  }
  image.diagnostics.append(file->diagnostics());
  image.wim = std::move(file);
  return {};
}

}  // namespace casement

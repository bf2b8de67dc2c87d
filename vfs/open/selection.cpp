// SPDX-License-Identifier: Apache-2.0
// Choosing one volume.
#include "vfs/open/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "vfs/open/wim_images.h"

namespace casement {
namespace {

std::string volume_list(const OpenedImage& image) {
  constexpr std::size_t most_listed = 32;
  std::string list;
  for (std::size_t i = 0; i < image.volumes.size(); ++i) {
    list += i == 0 ? "" : ", ";
    if (i == most_listed) {
      return fmt::format("it has {}and {} more", list, image.volumes.size() - i);
    }
    const Volume& volume = image.volumes[i];
    list += volume.name;
    if (volume.wim_image && *volume.wim_image <= image.wim->images().size()) {
      const std::string& name = image.wim->images()[*volume.wim_image - 1].name;
      list += name.empty() ? "" : fmt::format(" \"{}\"", name);
    }
  }
  return list.empty() ? "it has no volumes" : "it has " + list;
}

std::unexpected<Error> no_such(const OpenedImage& image, const ImageStep& step,
                               const std::string& wanted) {
  return fail(Status::not_found,
              fmt::format("image {}: no {}: {}", step.path, wanted, volume_list(image)));
}

Result<void> select_image(OpenedImage& image, const ImageStep& step, std::uint32_t index) {
  const auto found = std::ranges::find_if(
      image.volumes, [index](const Volume& volume) { return volume.wim_image == index; });
  if (found != image.volumes.end()) {
    image.selected = static_cast<std::size_t>(found - image.volumes.begin());
    if (!found->file_system && index > max_wim_trees) {
      found->file_system = CASEMENT_TRY(image.wim->file_system(index));
      found->reason.clear();
    }
    return {};
  }
  if (!image.wim && index == 1) {
    return {};
  }
  return no_such(image, step, fmt::format("image {}", index));
}

Result<void> select_named(OpenedImage& image, const ImageStep& step, const std::string& name) {
  if (!image.wim) {
    return fail(Status::invalid_argument,
                fmt::format("image {}: \"#{}\": images of a WIM have names; expected #pN "
                            "(partition N); {}",
                            step.path, name, volume_list(image)));
  }
  const auto index = CASEMENT_TRY(
      wim::find_image(*image.wim, name).with_context([&] { return "image " + step.path; }));
  if (!index) {
    return no_such(image, step, fmt::format("image named \"{}\"", name));
  }
  return select_image(image, step, *index);
}

Result<void> select_partition(OpenedImage& image, const ImageStep& step, std::uint32_t number) {
  const auto found = std::ranges::find_if(image.volumes, [number](const Volume& volume) {
    return volume.partition && volume.partition->number == number;
  });
  if (found == image.volumes.end()) {
    return no_such(image, step, fmt::format("partition {}", number));
  }
  image.selected = static_cast<std::size_t>(found - image.volumes.begin());
  return {};
}

}  // namespace

Result<void> select_volume(OpenedImage& image, const ImageStep& step) {
  if (!step.selector) {
    return {};
  }
  if (const auto* partition = std::get_if<PartitionSelector>(&*step.selector)) {
    return select_partition(image, step, partition->number);
  }
  if (const auto* index = std::get_if<ImageIndexSelector>(&*step.selector)) {
    return select_image(image, step, index->index);
  }
  return select_named(image, step, std::get<ImageNameSelector>(*step.selector).name);
}

Result<FileSystemPtr> volume_for_inner_path(const OpenedImage& image, const std::string& inner) {
  std::optional<std::size_t> chosen = image.selected;
  std::size_t readable = 0;
  const bool medium = !image.wim_path.empty();
  for (std::size_t i = 0; !image.selected && i < image.volumes.size(); ++i) {
    if (image.volumes[i].file_system && !(medium && image.volumes[i].wim_image)) {
      ++readable;
      chosen = i;
    }
  }
  if (readable > 1) {
    return fail(
        Status::invalid_argument,
        fmt::format("image {}: \"{}\" may be on any of its {} volumes: name one with {} "
                    "before the '!'; {}",
                    image.path, inner, readable, image.wim ? "#N" : "#pN", volume_list(image)));
  }
  if (!chosen || !image.volumes[*chosen].file_system) {
    return fail(Status::unsupported,
                fmt::format("image {}: \"{}\": {}", image.path, inner,
                            chosen ? image.volumes[*chosen].reason : "no volume can be read"));
  }
  return image.volumes[*chosen].file_system;
}

}  // namespace casement

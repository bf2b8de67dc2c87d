// SPDX-License-Identifier: Apache-2.0
// Reading the image file that is asked for.
#include "tools/dism/commands/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "tools/dism/open_session.h"

namespace casement::dism {
namespace {

/// nullopt: not a number from 1 on.
std::optional<std::uint32_t> parse_index(const std::string& text) {
  std::uint32_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && index > 0 ? std::optional(index) : std::nullopt;
}

Result<std::size_t> position_of_index(Context& context, const ImageCatalog& catalog,
                                      const std::string& text) {
  const auto index = parse_index(text);
  if (!index) {
    return context.refuse(wrong_usage, usage::invalid_argument(text, "/Index"),
                          fmt::format("{} is no index: they count from 1", text));
  }
  const auto found = std::ranges::find_if(
      catalog.images, [&](const CatalogImage& image) { return image.claims.index == *index; });
  if (found == catalog.images.end()) {
    return context.refuse(
        wrong_usage, {},
        fmt::format("there is no image {}: the file has {}", *index, catalog.images.size()));
  }
  return static_cast<std::size_t>(found - catalog.images.begin());
}

Result<std::size_t> position_of_name(Context& context, const ImageCatalog& catalog,
                                     const std::string& name) {
  const auto found = std::ranges::find_if(
      catalog.images, [&](const CatalogImage& image) { return image.claims.name == name; });
  if (found == catalog.images.end()) {
    return context.refuse(wrong_usage, {},
                          fmt::format("the file has no image that is called \"{}\"", name));
  }
  return static_cast<std::size_t>(found - catalog.images.begin());
}

Result<ImageCatalog> open_catalog(Context& context, const std::string& path) {
  const std::u16string name = CASEMENT_TRY(wide(path, "the image file"));
  auto catalog = read_image_catalog(name);
  if (!catalog) {
    // What is no image at all is a file of a wrong format to DISM.
    const Status status = catalog.error().status();
    return context.refuse(status == Status::unsupported ? Status::bad_format : status, {},
                          catalog.error());
  }
  if (catalog->kind == CatalogKind::directory) {
    return context.refuse(Status::bad_format, {},
                          fmt::format("{} is a directory, not an image file", path));
  }
  return catalog;
}

}  // namespace

Result<AskedCatalog> read_asked_catalog(Context& context) {
  const Request& request = context.request();
  const auto path = request.value("ImageFile");
  if (!path) {
    return context.refuse(wrong_usage, usage::missing_option(request.command->name, "/ImageFile"),
                          "no image file was named");
  }
  const auto index = request.value("Index");
  const auto name = request.value("Name");
  if (index && name) {
    return context.refuse(wrong_usage, usage::invalid_argument(*name, "/Name"),
                          "/Index and /Name exclude each other");
  }
  AskedCatalog asked{.path = *path, .catalog = {}, .image = std::nullopt};
  asked.catalog = CASEMENT_TRY(open_catalog(context, *path));
  asked.image = asked.catalog.selected;
  if (index) {
    asked.image = CASEMENT_TRY(position_of_index(context, asked.catalog, *index));
  } else if (name) {
    asked.image = CASEMENT_TRY(position_of_name(context, asked.catalog, *name));
  }
  return asked;
}

}  // namespace casement::dism

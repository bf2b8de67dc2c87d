// SPDX-License-Identifier: Apache-2.0
// WIMs describe their images themselves; disks are asked as a session is.
#include "engine/session/image_catalog.h"

#include <algorithm>
#include <utility>

#include "engine/session/installation_claims.h"
#include "engine/session/session.h"

namespace casement {
namespace {

void add_wim_images(ImageCatalog& catalog) {
  const wim::WimFile& file = *catalog.opened.wim;
  for (const wim::ImageClaims& claims : file.images()) {
    catalog.images.push_back(
        {.claims = claims, .bootable = claims.index == file.header().boot_index});
  }
  if (const auto selected = catalog.opened.selected) {
    const auto index = catalog.opened.volumes[*selected].wim_image;
    if (index && *index <= catalog.images.size()) {
      catalog.selected = *index - 1;
    }
  }
}

Result<void> add_installation(ImageCatalog& catalog, const SessionRequest& request,
                              const Limits& limits) {
  const SessionPtr session = CASEMENT_TRY(Session::complete(catalog.opened, request, limits));
  const Identity identity = read_identity(session->image());
  catalog.diagnostics.append(identity.diagnostics);
  catalog.images.push_back({.claims = claims_of(identity),
                            .bootable = session->image().boot_manager().chosen.has_value()});
  return {};
}

}  // namespace

Result<ImageCatalog> read_image_catalog(const std::u16string& image_path, const Limits& limits) {
  const SessionRequest request{
      .image_path = image_path, .windows_directory = std::nullopt, .system_drive = std::nullopt};
  ImageCatalog catalog;
  catalog.opened = CASEMENT_TRY(Session::open_volumes(request, limits));
  catalog.diagnostics.append(catalog.opened.diagnostics);
  if (catalog.opened.wim) {
    catalog.kind = CatalogKind::wim;
    add_wim_images(catalog);
    return catalog;
  }
  const auto first = std::ranges::find_if(catalog.opened.layers,
                                          [](const Layer& layer) { return layer.kind != "mount"; });
  const bool is_tree = first != catalog.opened.layers.end() && first->kind == "directory";
  catalog.kind = is_tree ? CatalogKind::directory : CatalogKind::disk;
  CASEMENT_TRY(add_installation(catalog, request, limits));
  return catalog;
}

}  // namespace casement

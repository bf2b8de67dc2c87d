// SPDX-License-Identifier: Apache-2.0
// Windows Setup's folder on optical media.
#include "vfs/open/media.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "vfs/core/utf16.h"
#include "vfs/fs/path_walker.h"
#include "vfs/iso9660/el_torito.h"
#include "vfs/open/image_folder.h"
#include "vfs/open/wim_images.h"

namespace casement {
namespace {

/// What Setup installs, in the order in which it looks; the rescue system when there is nothing.
constexpr std::array<std::u16string_view, 4> setup_images{
    u"\\sources\\install.wim", u"\\sources\\install.esd", u"\\sources\\install.swm",
    u"\\sources\\boot.wim"};

bool is_medium(const Volume& volume) {
  const std::string_view type = volume.file_system ? volume.file_system->type_name() : "";
  return type == "udf" || type == "iso9660";
}

void add_boot_catalog(OpenedImage& image, const ByteSource& medium) {
  const auto catalog = read_boot_catalog(medium);
  if (!catalog) {
    image.diagnostics.add("boot-catalog", catalog.error());
    return;
  }
  if (!*catalog) {
    return;
  }
  image.diagnostics.append((*catalog)->findings);
  std::string text;
  for (const BootCatalogEntry& entry : (*catalog)->entries) {
    text +=
        fmt::format("{}{}, {}, {} sectors at block {}{}", text.empty() ? "" : "; ",
                    boot_platform_name(entry.platform), boot_media_name(entry.media),
                    entry.sector_count, entry.load_block, entry.bootable ? "" : ", not bootable");
  }
  image.layers.push_back({"el-torito", std::move(text)});
}

/// false: the medium has none of that name.
Result<bool> add_setup_image(OpenedImage& image, const FileSystemPtr& medium,
                             std::u16string_view path, const Limits& limits) {
  WalkOptions options;
  options.limits = limits;
  const auto found = CASEMENT_TRY(find_path(medium, path, options));
  if (!found || found->kind != NodeKind::file) {
    return false;
  }
  const std::size_t name_at = found->path.find_last_of(u'\\') + 1;
  wim::WimLocation location;
  location.source = CASEMENT_TRY(medium->open(found->node, {}));
  location.name = to_utf8(std::u16string_view(found->path).substr(name_at));
  location.folder = make_inner_folder(medium, found->path.substr(0, name_at - 1), limits);
  if (!CASEMENT_TRY(wim::probe_wim(*location.source))) {
    return fail(Status::bad_format, "its content is not a WIM's");
  }
  CASEMENT_TRY(add_wim(image, location, limits));
  image.wim_path = to_utf8(found->path);
  std::ranges::replace(image.wim_path, '\\', '/');
  return true;
}

}  // namespace

Result<void> add_media(OpenedImage& image, const Limits& limits) {
  const std::size_t volumes = image.volumes.size();
  for (std::size_t i = 0; i < volumes && !image.wim; ++i) {
    if (!is_medium(image.volumes[i])) {
      continue;
    }
    const FileSystemPtr medium = image.volumes[i].file_system;
    if (image.volumes[i].bytes) {
      add_boot_catalog(image, *image.volumes[i].bytes);
    }
    for (const std::u16string_view path : setup_images) {
      const auto added = add_setup_image(image, medium, path, limits);
      if (!added) {
        image.diagnostics.add("media-wim", Error(added.error()).context(to_utf8(path)));
      } else if (*added) {
        break;
      }
    }
  }
  return {};
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// The folder of manifests and catalogs of packages.
#include "engine/inspect/package_files.h"

#include <fmt/format.h>

#include "engine/image/windows_path_text.h"
#include "engine/inspect/file_bytes.h"
#include "engine/inspect/windows_file_name.h"
#include "vfs/core/utf16.h"

namespace casement {

PackageFiles::PackageFiles(const Image& image, std::uint64_t manifest_bytes)
    : image_(image),
      folder_path_(as_rooted(image.installation().windows_directory + u"\\servicing\\Packages")),
      manifest_bytes_(manifest_bytes) {}

std::u16string PackageFiles::path(std::u16string_view identity,
                                  std::u16string_view extension) const {
  std::u16string path = folder_path_;
  path.append(1, u'\\').append(identity).append(extension);
  return path;
}

const Result<std::optional<Image::LocatedFile>>& PackageFiles::folder() const {
  std::call_once(folder_once_, [this] { folder_ = image_.find_file(folder_path_); });
  return folder_;
}

Result<std::optional<Image::LocatedFile>> PackageFiles::find(std::u16string_view identity,
                                                             std::u16string_view extension) const {
  const Result<std::optional<Image::LocatedFile>>& found = folder();
  if (!found) {
    return std::unexpected(found.error());
  }
  if (!*found || (*found)->kind != NodeKind::directory || !is_file_name(identity)) {
    return std::optional<Image::LocatedFile>();
  }
  const Image::LocatedFile& folder = **found;
  std::u16string name(identity);
  name += extension;
  const std::optional<DirEntry> entry = CASEMENT_TRY(folder.file_system->lookup(folder.node, name));
  if (!entry) {
    return std::optional<Image::LocatedFile>();
  }
  if (entry->kind == NodeKind::reparse_point) {
    return image_.find_file(path(identity, extension));
  }
  return std::optional(Image::LocatedFile{.file_system = folder.file_system,
                                          .node = entry->node,
                                          .kind = entry->kind,
                                          .path = folder.path + u"\\" + entry->name,
                                          .stream = {}});
}

Result<void> PackageFiles::take_bytes(std::uint64_t size) const {
  std::uint64_t left = manifest_bytes_.load();
  do {
    if (size > left) {
      return fail(Status::limit_exceeded,
                  fmt::format("{} bytes, and only {} more are read of all manifests", size, left));
    }
  } while (!manifest_bytes_.compare_exchange_weak(left, left - size));
  return {};
}

Result<std::optional<PackageManifest>> PackageFiles::read_manifest(
    std::u16string_view identity) const {
  const std::optional<Image::LocatedFile> file = CASEMENT_TRY(find(identity, u".mum"));
  if (!file) {
    return std::optional<PackageManifest>();
  }
  const SourcePtr source = CASEMENT_TRY(file->file_system->open(file->node, {}));
  if (source->size() <= max_manifest_size) {
    CASEMENT_TRY(take_bytes(source->size()));  // a larger one is refused below, and costs nothing
  }
  const std::vector<std::byte> xml = CASEMENT_TRY(read_all(*source, max_manifest_size));
  return std::optional(CASEMENT_TRY(parse_package_manifest(xml)));
}

}  // namespace casement

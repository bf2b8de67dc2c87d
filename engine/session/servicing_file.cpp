// SPDX-License-Identifier: Apache-2.0
// From a path of the host to a package manifest, the bytes of an INF, or a patch.
#include "engine/session/servicing_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/inspect/file_bytes.h"
#include "engine/session/host_path.h"
#include "vfs/core/limits.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/open/opener.h"
#include "vfs/source/file_source.h"

namespace casement {
namespace {

/// As parse_inf() takes it.
constexpr std::uint64_t max_inf_size = 16U << 20U;

/// The first characters of an XML file in the codings that manifests have, told without decoding:
/// '<' after a byte order mark, if there is one, and after NULs of UTF-16.
bool looks_like_xml(Bytes start) {
  constexpr std::array skipped{std::byte{0xEF}, std::byte{0xBB}, std::byte{0xBF}, std::byte{0xFE},
                               std::byte{0xFF}, std::byte{0x00}, std::byte{' '},  std::byte{'\t'},
                               std::byte{'\r'}, std::byte{'\n'}};
  const auto first = std::ranges::find_if(start, [&skipped](std::byte byte) {
    return std::ranges::find(skipped, byte) == skipped.end();
  });
  return first != start.end() && *first == std::byte{'<'};
}

/// The manifest among the files of a volume's root: update.mum, or the only .mum.
Result<std::optional<DirEntry>> find_manifest(const FileSystem& volume) {
  auto update = CASEMENT_TRY(volume.lookup(volume.root(), u"update.mum"));
  if (update) {
    return update;
  }
  const auto reader = CASEMENT_TRY(volume.read_dir(volume.root()));
  std::optional<DirEntry> only;
  std::size_t count = 0;
  constexpr std::size_t max_entries = 100'000;  // a package has some thousands at most
  for (std::size_t i = 0; i < max_entries; ++i) {
    auto entry = CASEMENT_TRY(reader->next());
    if (!entry) {
      break;
    }
    constexpr std::u16string_view extension = u".mum";
    const std::u16string_view name = entry->name;
    if (entry->kind == NodeKind::file && name.size() > extension.size() &&
        equals_folded(name.substr(name.size() - extension.size()), extension)) {
      only = std::move(entry);
      ++count;
    }
  }
  return count == 1 ? only : std::nullopt;
}

Result<PackageManifest> manifest_of_volumes(const OpenedImage& opened) {
  for (const Volume& volume : opened.volumes) {
    if (!volume.file_system) {
      continue;
    }
    const auto manifest = CASEMENT_TRY(find_manifest(*volume.file_system));
    if (manifest) {
      const SourcePtr source = CASEMENT_TRY(volume.file_system->open(manifest->node, u""));
      const auto xml = CASEMENT_TRY(read_all(*source, max_manifest_size));
      return parse_package_manifest(xml).with_context([&] { return to_utf8(manifest->name); });
    }
  }
  return fail(invalid_package, "no update.mum is in it, and not exactly one other .mum");
}

/// The bytes of a file; where there is none, which part of the way to it is missing.
Result<SourcePtr> open_named_file(const std::string& path) {
  auto source = open_file_source(path);
  if (!source && is_missing(source.error())) {
    CASEMENT_TRY(open_image(path));
  }
  return source;
}

/// nullopt: the file is there, but is no XML; or a directory is.
Result<std::optional<PackageManifest>> manifest_of_file(const std::string& path) {
  const auto source = open_named_file(path);
  if (!source) {
    return source.error().status() == Status::invalid_argument
               ? Result<std::optional<PackageManifest>>(std::nullopt)
               : std::unexpected(source.error());
  }
  std::array<std::byte, 16> start{};
  const std::size_t known = std::min<std::uint64_t>(start.size(), (*source)->size());
  CASEMENT_TRY((*source)->read(0, MutableBytes(start).first(known)));
  if (!looks_like_xml(Bytes(start).first(known))) {
    return std::nullopt;
  }
  const auto xml = CASEMENT_TRY(read_all(**source, max_manifest_size));
  return CASEMENT_TRY(parse_package_manifest(xml));
}

Result<PackageManifest> read_manifest(const std::string& path) {
  auto manifest = CASEMENT_TRY(manifest_of_file(path));
  if (manifest) {
    return *std::move(manifest);
  }
  const OpenedImage opened = CASEMENT_TRY(open_image(path));
  return manifest_of_volumes(opened);
}

/// What the caller can mend himself keeps its status; everything else is no package.
bool is_about_the_path(Status status) {
  return status == Status::not_found || status == Status::path_not_found ||
         status == Status::access_denied || status == Status::name_too_long ||
         status == Status::too_many_links || status == Status::io_failed;
}

Result<void> check_path(std::u16string_view path) {
  if (path.empty() || path.find(u'\0') != std::u16string_view::npos) {
    return fail(Status::invalid_argument, "the path is empty or has a NUL in it");
  }
  return {};
}

std::u16string file_name_of(std::u16string_view path) {
  const std::size_t separator = path.find_last_of(u"/\\");
  return std::u16string(separator == std::u16string_view::npos ? path : path.substr(separator + 1));
}

}  // namespace

Result<PackageManifest> read_package_file(std::u16string_view path) {
  CASEMENT_TRY(check_path(path));
  Result<PackageManifest> manifest = with_host_path(to_utf8(path), read_manifest);
  if (manifest) {
    return manifest;
  }
  if (is_about_the_path(manifest.error().status())) {
    return std::unexpected(std::move(manifest).error().context(
        fmt::format("An error occurred trying to open {}", to_utf8(path))));
  }
  // The words that programs written for DISM look for come first.
  return fail(invalid_package, fmt::format("The specified package is not valid Windows package. "
                                           "{}: {}; expected a cabinet, a folder or a .mum",
                                           to_utf8(path), manifest.error().message()));
}

Result<InfFile> read_inf_file(std::u16string_view path) {
  CASEMENT_TRY(check_path(path));
  const SourcePtr source = CASEMENT_TRY(with_host_path(to_utf8(path), open_named_file));
  InfFile file;
  file.bytes = CASEMENT_TRY(
      read_all(*source, max_inf_size).with_context([&] { return source->describe(); }));
  file.name = file_name_of(path);
  file.path = path;
  return file;
}

Result<MsiPatchFile> read_patch_file(std::u16string_view path) {
  CASEMENT_TRY(check_path(path));
  SourcePtr source = CASEMENT_TRY(with_host_path(to_utf8(path), open_named_file));
  const std::string name = source->describe();
  return read_msi_patch_file(std::move(source)).with_context([&] { return name; });
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Locators become paths, paths become files, ids decide between files.
#include "vfs/container/vhd/vhd_parent.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "vfs/container/vhd/footer.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

/// A path of Windows has at most 32,767 units.
constexpr std::uint32_t max_locator_size = 65536;

enum class PathText : std::uint8_t { utf16, bytes };

struct Platform {
  std::string_view code;
  PathText text;
};

/// In the order of trust: relative to the child, absolute. "Wi2r" and "Wi2k" are of the time before
/// UTF-16, "MacX" is a file URL.
constexpr std::array platforms = {
    Platform{"W2ru", PathText::utf16}, Platform{"W2ku", PathText::utf16},
    Platform{"Wi2r", PathText::bytes}, Platform{"Wi2k", PathText::bytes},
    Platform{"MacX", PathText::bytes}};

Result<std::string> read_path(const ByteSource& source, const VhdParentLocator& locator,
                              PathText text) {
  if (locator.length > max_locator_size) {
    return fail(Status::limit_exceeded,
                fmt::format("{} bytes, at most {} are read", locator.length, max_locator_size));
  }
  std::vector<std::byte> raw(locator.length);
  CASEMENT_TRY(source.read(locator.offset, raw));
  std::u16string units = text == PathText::utf16 ? from_utf16le(raw) : from_latin1(raw);
  units.resize(std::min(units.find(u'\0'), units.size()));
  return to_wtf8(units);
}

/// A file that may be the parent, and what its footer says.
struct Candidate {
  ReferencedFile file;
  Guid id;
};

/// What `file` is, or nullopt when it is no VHD.
Result<std::optional<Guid>> vhd_id(const ByteSource& source) {
  Diagnostics ignored;  // opening the parent reports them
  const auto found = find_vhd_footer(source, ignored);
  if (!found) {
    return found.error().status() == Status::io_failed
               ? Result<std::optional<Guid>>(std::unexpected(found.error()))
               : Result<std::optional<Guid>>(std::nullopt);
  }
  return found->footer.id;
}

/// The best of the files at `paths`; nullopt: none is a VHD.
Result<std::optional<Candidate>> choose(const ContainerFile& child, const SearchPaths& paths,
                                        const Guid& wanted) {
  std::optional<Candidate> other;
  for (const std::string& path : paths.paths()) {
    auto file = CASEMENT_TRY(find_file_at(child.folder, path));
    if (!file) {
      continue;
    }
    const auto id = CASEMENT_TRY(vhd_id(*file->source));
    if (id && *id == wanted) {
      return Candidate{*std::move(file), *id};
    }
    if (id && !other) {
      other = Candidate{*std::move(file), *id};
    }
  }
  return other;
}

}  // namespace

SearchPaths vhd_parent_paths(const ByteSource& source, const VhdDynamicHeader& header,
                             Diagnostics& diagnostics) {
  SearchPaths paths;
  for (const Platform& platform : platforms) {
    for (const VhdParentLocator& locator : header.locators) {
      if (locator.platform != platform.code) {
        continue;
      }
      const auto path = read_path(source, locator, platform.text);
      if (!path) {
        diagnostics.add(Severity::warning, "vhd-parent-locator",
                        fmt::format("the parent locator {} at 0x{:x} cannot be read: {}",
                                    platform.code, locator.offset, path.error().message()));
      } else {
        paths.add(*path);
      }
    }
  }
  // QEMU and others store a relative path here, Windows an absolute one.
  paths.add(to_wtf8(header.parent_name));
  return paths;
}

Result<SourcePtr> open_vhd_parent(const ContainerFile& child, const VhdDynamicHeader& header,
                                  const ContainerContext& context, OpenedContainer& opened) {
  const SearchPaths paths = vhd_parent_paths(*child.source, header, opened.diagnostics);
  const auto parent = CASEMENT_TRY(choose(child, paths, header.parent_id));
  if (!parent) {
    return std::unexpected(missing_file(
        fmt::format("parent of {}, the VHD with id {}", child.name, header.parent_id.to_string()),
        *child.folder, paths));
  }
  if (parent->id != header.parent_id) {
    opened.diagnostics.add(
        Severity::warning, "vhd-parent-mismatch",
        fmt::format("the parent {} has id {}, expected {}: it may be another disk",
                    parent->file.name, parent->id.to_string(), header.parent_id.to_string()));
  }
  return CASEMENT_TRY(open_parent_file(child, parent->file, "parent", context, opened)).disk;
}

}  // namespace casement

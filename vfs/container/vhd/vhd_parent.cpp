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
  bool relative;
  PathText text;
};

/// In the order of trust. "Wi2r" and "Wi2k" are of the time before UTF-16.
constexpr std::array platforms = {
    Platform{"W2ru", true, PathText::utf16}, Platform{"W2ku", false, PathText::utf16},
    Platform{"Wi2r", true, PathText::bytes}, Platform{"Wi2k", false, PathText::bytes},
    Platform{"MacX", false, PathText::bytes}};

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
  ContainerFile file;
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
Result<std::optional<Candidate>> choose(const ContainerFile& child, const ParentPaths& paths,
                                        const Guid& wanted, const Limits& limits) {
  std::optional<Candidate> other;
  for (const std::string& path : paths.paths()) {
    auto file = CASEMENT_TRY(find_parent_file(child, path, limits));
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

ParentPaths vhd_parent_paths(const ByteSource& source, const VhdDynamicHeader& header,
                             Diagnostics& diagnostics) {
  ParentPaths paths;
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
      } else if (platform.relative) {
        paths.add_relative(*path);
      } else {
        paths.add_absolute(*path);
      }
    }
  }
  // QEMU and others store a relative path here, Windows an absolute one.
  paths.add_relative(to_wtf8(header.parent_name));
  return paths;
}

Result<SourcePtr> open_vhd_parent(const ContainerFile& child, const VhdDynamicHeader& header,
                                  const ContainerContext& context, OpenedContainer& opened) {
  const ParentPaths paths = vhd_parent_paths(*child.source, header, opened.diagnostics);
  const auto parent = CASEMENT_TRY(choose(child, paths, header.parent_id, context.limits));
  if (!parent) {
    return std::unexpected(
        missing_parent(child, "the VHD with id " + header.parent_id.to_string(), paths));
  }
  if (parent->id != header.parent_id) {
    opened.diagnostics.add(
        Severity::warning, "vhd-parent-mismatch",
        fmt::format("the parent {} has id {}, expected {}: it may be another disk",
                    parent->file.name, parent->id.to_string(), header.parent_id.to_string()));
  }
  const OpenedContainer below = CASEMENT_TRY(context.open_disk(parent->file).with_context([&] {
    return fmt::format("{}: parent {}", child.name, parent->file.name);
  }));
  adopt_parent_report(opened, parent->file, below);
  return below.disk;
}

}  // namespace casement

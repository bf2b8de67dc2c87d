// SPDX-License-Identifier: Apache-2.0
// Paths become files, the data-write GUID decides between files.
#include "vfs/container/vhdx/vhdx_parent.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "vfs/container/vhdx/vhdx_header.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

std::string join_ids(const std::vector<Guid>& ids) {
  std::vector<std::string> texts;
  std::ranges::transform(ids, std::back_inserter(texts), &Guid::to_string);
  return fmt::format("{}", fmt::join(texts, " or "));
}

/// The data-write GUID of a file that may be the parent, or why it is not.
Result<Guid> data_write_id(const ByteSource& source) {
  if (!CASEMENT_TRY(has_vhdx_signature(source))) {
    return fail(Status::bad_format, "it is not a VHDX");
  }
  Diagnostics ignored;  // opening the parent reports them
  const auto headers = CASEMENT_TRY(VhdxHeaders::read(source, ignored));
  if (headers.current() == nullptr) {
    return fail(Status::corrupt, "both of its headers are damaged");
  }
  return headers.current()->data_write_id;
}

/// The file among `paths` with one of the ids. nullopt: no file is there at all.
Result<std::optional<ReferencedFile>> choose(const ContainerFile& child, const SearchPaths& paths,
                                             const std::vector<Guid>& wanted) {
  std::vector<std::string> refused;
  for (const std::string& path : paths.paths()) {
    auto file = CASEMENT_TRY(find_file_at(child.folder, path));
    if (!file) {
      continue;
    }
    const auto id = data_write_id(*file->source);
    if (!id && id.error().status() == Status::io_failed) {
      return std::unexpected(id.error());
    }
    if (id && std::ranges::find(wanted, *id) != wanted.end()) {
      return file;
    }
    refused.push_back(id ? fmt::format("{} has {}", path, id->to_string())
                         : fmt::format("{}: {}", path, id.error().message()));
  }
  if (refused.empty()) {
    return std::optional<ReferencedFile>{};
  }
  return fail(Status::corrupt,
              fmt::format("{}: its parent has the data-write GUID {}, but {}: the parent was "
                          "changed, or is another disk",
                          child.name, wanted.empty() ? "(none stored)" : join_ids(wanted),
                          fmt::join(refused, ", ")));
}

}  // namespace

SearchPaths vhdx_parent_paths(const VhdxParentLocator& locator) {
  SearchPaths paths;
  for (const char16_t* key : {u"relative_path", u"absolute_win32_path", u"volume_path"}) {
    if (const std::u16string* path = locator.find(key)) {
      paths.add(to_wtf8(*path));
    }
  }
  return paths;
}

Result<SourcePtr> open_vhdx_parent(const ContainerFile& child, const VhdxParentLocator& locator,
                                   const ContainerContext& context, OpenedContainer& opened) {
  const SearchPaths paths = vhdx_parent_paths(locator);
  const std::vector<Guid> wanted = locator.linkages();
  const auto file = CASEMENT_TRY(choose(child, paths, wanted));
  if (!file) {
    return std::unexpected(missing_file(
        fmt::format("parent of {}, the VHDX with data-write GUID {}", child.name, join_ids(wanted)),
        *child.folder, paths));
  }
  return CASEMENT_TRY(open_parent_file(child, *file, "parent", context, opened)).disk;
}

}  // namespace casement

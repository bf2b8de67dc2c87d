// SPDX-License-Identifier: Apache-2.0
// Header, parent and map of a VDI become one disk.
#include "vfs/container/vdi/open_vdi.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "vfs/container/referenced_file.h"
#include "vfs/container/size_text.h"
#include "vfs/container/vdi/vdi_header.h"
#include "vfs/container/vdi/vdi_layout.h"
#include "vfs/container/vdi/vdi_source.h"
#include "vfs/core/ascii.h"

namespace casement {
namespace {

bool has_vdi_name(std::string_view name) {
  return name.size() >= 4 && equals_folded_ascii(name.substr(name.size() - 4), ".vdi");
}

/// The image `path`, when it is the one with the number `id`.
Result<std::optional<ReferencedFile>> match(const ImageFolderPtr& folder, const std::string& path,
                                            const Guid& id, const Limits& limits) {
  auto found = CASEMENT_TRY(find_file_at(folder, path));
  if (!found) {
    return found;
  }
  // A file that is damaged or no VDI is not the parent; it is nobody's error here.
  const auto header = VdiHeader::read(*found->source, limits);
  if (!header || header->id != id) {
    return std::nullopt;
  }
  return found;
}

/// The parent is known by its number only. VirtualBox keeps snapshots in the folder "Snapshots"
/// below the disk's, and names them by their numbers.
Result<ReferencedFile> find_parent(const VdiHeader& header, const ContainerFile& file,
                                   const Limits& limits) {
  const std::string id = header.parent_id.to_string();
  const std::string own_name = fmt::format("{{{}}}.vdi", id);
  for (const std::string& place : {std::string(), std::string("../"), std::string("Snapshots/")}) {
    if (auto found = CASEMENT_TRY(match(file.folder, place + own_name, header.parent_id, limits))) {
      return *std::move(found);
    }
    const ImageFolderPtr folder = place.empty() ? file.folder : file.folder->folder_of(place + "x");
    if (!folder) {
      continue;
    }
    const auto names = folder->list();
    if (!names) {
      continue;  // the message below says that nothing was found
    }
    std::uint32_t tried = 0;
    for (const std::string& name : *names) {
      if (!has_vdi_name(name) || tried++ >= limits.max_segments) {
        continue;
      }
      if (auto found = CASEMENT_TRY(match(file.folder, place + name, header.parent_id, limits))) {
        return *std::move(found);
      }
    }
  }
  return fail(Status::not_found,
              fmt::format("parent disk {{{}}}: no VDI with this number is in {}, in the folder "
                          "above or in \"Snapshots\"",
                          id, file.folder->describe()));
}

Result<SourcePtr> open_parent(const VdiHeader& header, const ContainerFile& file,
                              const ContainerContext& context, OpenedContainer& disk) {
  const ReferencedFile found = CASEMENT_TRY(find_parent(header, file, context.limits));
  const VdiHeader theirs = CASEMENT_TRY(VdiHeader::read(*found.source, context.limits));
  if (theirs.modified_id != header.parent_modified_id && !header.parent_modified_id.is_nil()) {
    disk.diagnostics.add(
        Severity::warning, "vdi-parent-changed",
        fmt::format("{}: made for the state {{{}}} of its parent; {} has {{{}}}: it was changed "
                    "afterwards",
                    file.name, header.parent_modified_id.to_string(), found.path,
                    theirs.modified_id.to_string()));
  }
  return CASEMENT_TRY(open_parent_file(file, found, "parent disk", context, disk)).disk;
}

const char* type_name(VdiType type) {
  switch (type) {
    case VdiType::dynamic:
      return "dynamic";
    case VdiType::fixed:
      return "fixed";
    case VdiType::undo:
      return "undo";
    case VdiType::differencing:
      return "differencing";
  }
  return "";
}

}  // namespace

Result<bool> probe_vdi(const ContainerFile& file) {
  std::array<std::byte, 4> raw{};
  constexpr std::uint64_t offset = offsetof(vdi_layout::Header, signature);
  if (!in_range(file.source->size(), offset, raw.size())) {
    return false;
  }
  CASEMENT_TRY(file.source->read(offset, raw));
  return get_le<std::uint32_t>(raw, 0) == vdi_layout::signature;
}

Result<OpenedContainer> open_vdi(const ContainerFile& file, const ContainerContext& context) {
  const VdiHeader header = CASEMENT_TRY(VdiHeader::read(*file.source, context.limits));
  OpenedContainer disk;
  disk.format = "vdi";
  disk.detail = fmt::format("{}, {}, {} blocks", type_name(header.type),
                            size_text(header.disk_size), size_text(header.block_size));
  if (header.sector_size == 512 || header.sector_size == 4096) {
    disk.sector_size = header.sector_size;
  }
  SourcePtr parent;
  const bool needs_parent = header.type == VdiType::differencing || header.type == VdiType::undo;
  if (needs_parent && !header.parent_id.is_nil()) {
    parent = CASEMENT_TRY(open_parent(header, file, context, disk));
    disk.detail += fmt::format(", parent {{{}}}", header.parent_id.to_string());
  } else if (needs_parent) {
    disk.diagnostics.add(Severity::warning, "vdi-no-parent",
                         fmt::format("{}: a {} image without a parent: what it does not hold reads "
                                     "as zeros",
                                     file.name, type_name(header.type)));
  }
  disk.disk = CASEMENT_TRY(VdiSource::open(header, file.source, std::move(parent)));
  return disk;
}

}  // namespace casement

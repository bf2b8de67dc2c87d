// SPDX-License-Identifier: Apache-2.0
// Descriptor, extents and parent of a VMDK become one disk.
#include "vfs/container/vmdk/open_vmdk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "vfs/container/referenced_file.h"
#include "vfs/container/size_text.h"
#include "vfs/container/vmdk/descriptor.h"
#include "vfs/container/vmdk/extent_opener.h"
#include "vfs/container/vmdk/sparse_extent.h"
#include "vfs/container/vmdk/vmdk_layout.h"

namespace casement {
namespace {

/// The first bytes, as many as there are.
Result<std::string> read_start(const ByteSource& file) {
  std::string start(static_cast<std::size_t>(std::min<std::uint64_t>(64, file.size())), '\0');
  CASEMENT_TRY(file.read(0, std::as_writable_bytes(std::span(start))));
  return start;
}

/// The descriptor, alone or embedded. One that is damaged inside of an extent does not hide the
/// extent.
Result<std::optional<VmdkDescriptor>> find_descriptor(const ContainerFile& file,
                                                      const ContainerContext& context,
                                                      Diagnostics& findings) {
  auto read = read_vmdk_descriptor(*file.source, context.limits);
  if (!read && !is_vmdk_descriptor(CASEMENT_TRY(read_start(*file.source)))) {
    findings.add("vmdk-descriptor", read.error());
    return std::nullopt;
  }
  return read;
}

void check_parent_cid(const VmdkDescriptor& descriptor, const ReferencedFile& parent,
                      const ContainerFile& file, const ContainerContext& context,
                      Diagnostics& findings) {
  const auto theirs = read_vmdk_descriptor(*parent.source, context.limits);
  if (!theirs || !*theirs || !(*theirs)->cid) {
    findings.add(
        Severity::warning, "vmdk-parent-unknown",
        fmt::format("{}: the parent {} has no CID to compare with", file.name, parent.path));
  } else if (*(*theirs)->cid != descriptor.parent_cid) {
    findings.add(Severity::warning, "vmdk-parent-changed",
                 fmt::format("{}: made for a parent with CID {:08x}; {} has {:08x}: it was changed "
                             "afterwards, or is another disk",
                             file.name, descriptor.parent_cid, parent.path, *(*theirs)->cid));
  }
}

/// nullptr: the disk has no parent.
Result<SourcePtr> open_parent(const std::optional<VmdkDescriptor>& descriptor,
                              const ContainerFile& file, const ContainerContext& context,
                              OpenedContainer& disk) {
  if (!descriptor || descriptor->parent_cid == vmdk_no_parent) {
    return SourcePtr();
  }
  if (!descriptor->parent_hint) {
    return fail(Status::corrupt,
                fmt::format("VMDK descriptor: a parent with CID {:08x}, but no parentFileNameHint",
                            descriptor->parent_cid));
  }
  const ReferencedFile found =
      CASEMENT_TRY(find_referenced(file.folder, *descriptor->parent_hint, "parent disk"));
  check_parent_cid(*descriptor, found, file, context, disk.diagnostics);
  return CASEMENT_TRY(open_parent_file(file, found, "parent disk", context, disk)).disk;
}

const char* type_of(const VmdkSparseExtent& extent) {
  switch (extent.kind) {
    case VmdkSparseKind::hosted:
      return extent.compressed ? "streamOptimized" : "monolithicSparse";
    case VmdkSparseKind::cowd:
      return "vmfsSparse";
    case VmdkSparseKind::se_sparse:
      return "seSparse";
  }
  return "";
}

std::string describe(const OpenedContainer& disk, const std::string& type,
                     const VmdkExtentOpener& extents,
                     const std::optional<VmdkDescriptor>& descriptor) {
  std::string text = fmt::format("{}, {}", type, size_text(disk.disk->size()));
  if (extents.count() > 1) {
    text += fmt::format(", {} extents", extents.count());
  }
  if (!extents.grains().empty()) {
    text += ", " + extents.grains();
  }
  if (descriptor && descriptor->parent_cid != vmdk_no_parent) {
    text += fmt::format(", parent {}", printable_text(*descriptor->parent_hint));
  }
  return text;
}

/// The extent in the file itself, without a descriptor: part of a split disk, or moved away from
/// its descriptor.
void report_lone_extent(const ContainerFile& file, Diagnostics& findings) {
  findings.add(
      Severity::warning, "vmdk-no-descriptor",
      fmt::format("{}: no descriptor: it is read as a disk of its own; if it is one extent "
                  "of a split disk or of a snapshot, open the descriptor file instead",
                  file.name));
}

bool is_self(const VmdkExtentLine& line, const VmdkDescriptor& descriptor,
             const ContainerFile& file, const VmdkSparseExtent& self) {
  // Images are renamed without changing the name that is written in them.
  return last_component(line.file) == file.name ||
         (descriptor.extents.size() == 1 && self.capacity != 0);
}

}  // namespace

Result<bool> probe_vmdk(const ContainerFile& file) {
  const std::string start = CASEMENT_TRY(read_start(*file.source));
  const auto begins_with = [&start](const std::array<char, 4>& magic) {
    return start.starts_with(std::string_view(magic.data(), magic.size()));
  };
  const auto bytes = std::as_bytes(std::span(start));
  return begins_with(vmdk_layout::sparse_magic) || begins_with(vmdk_layout::cowd_magic) ||
         (bytes.size() >= 8 && get_le<std::uint64_t>(bytes, 0) == vmdk_layout::sesparse_magic) ||
         is_vmdk_descriptor(start);
}

Result<OpenedContainer> open_vmdk(const ContainerFile& file, const ContainerContext& context) {
  OpenedContainer disk;
  disk.format = "vmdk";
  disk.sector_size = vmdk_layout::sector_size;
  const auto descriptor = CASEMENT_TRY(find_descriptor(file, context, disk.diagnostics));
  // Before any directory is read: a chain that is too long then costs no memory.
  SourcePtr parent = CASEMENT_TRY(open_parent(descriptor, file, context, disk));
  auto self = CASEMENT_TRY(VmdkSparseExtent::read(*file.source, context.limits, disk.diagnostics));
  if (!self && !descriptor) {
    return fail(Status::bad_format, "neither a VMDK extent nor a VMDK descriptor");
  }
  std::string type = descriptor ? descriptor->create_type : std::string();
  if (type.empty()) {
    type = self ? type_of(*self) : "no createType";
  }
  VmdkExtentOpener extents(file, context, std::move(parent), disk);
  if (!descriptor) {
    report_lone_extent(file, disk.diagnostics);
    CASEMENT_TRY(extents.add_self(*std::move(self), nullptr));
  } else {
    for (const VmdkExtentLine& line : descriptor->extents) {
      if (self && is_self(line, *descriptor, file, *self)) {
        CASEMENT_TRY(extents.add_self(*std::exchange(self, std::nullopt), &line));
      } else {
        CASEMENT_TRY(extents.add(line));
      }
    }
  }
  disk.disk = CASEMENT_TRY(extents.finish());
  disk.detail = describe(disk, type, extents, descriptor);
  return disk;
}

}  // namespace casement

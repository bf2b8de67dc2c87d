// SPDX-License-Identifier: Apache-2.0
// From a file to a disk.
#include "vfs/container/vhdx/vhdx_container.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/container/size_text.h"
#include "vfs/container/vhdx/vhdx_file.h"
#include "vfs/container/vhdx/vhdx_parent.h"
#include "vfs/container/vhdx/vhdx_source.h"

namespace casement {
namespace {

std::string detail_text(const VhdxFile& vhdx) {
  std::string text =
      fmt::format("{}, {}, {} blocks", vhdx.type_name(), size_text(vhdx.metadata.disk_size),
                  size_text(vhdx.metadata.block_size()));
  const std::size_t replayed = vhdx.replay.entries.size();
  if (replayed != 0) {
    text += fmt::format(", {} log {} replayed", replayed, replayed == 1 ? "entry" : "entries");
  }
  return text;
}

}  // namespace

Result<bool> probe_vhdx(const ContainerFile& file) {
  return has_vhdx_signature(*file.source);
}

Result<OpenedContainer> open_vhdx(const ContainerFile& file, const ContainerContext& context) {
  VhdxFile vhdx = CASEMENT_TRY(VhdxFile::open(file.source, context.limits));
  OpenedContainer opened;
  opened.format = "vhdx";
  opened.detail = detail_text(vhdx);
  opened.sector_size = vhdx.metadata.logical_sector_size;
  opened.diagnostics = std::move(vhdx.diagnostics);
  // The parent before the table: a chain that loops ends before tables pile up in memory.
  SourcePtr parent;
  if (vhdx.metadata.parent) {
    parent = CASEMENT_TRY(open_vhdx_parent(file, *vhdx.metadata.parent, context, opened));
  }
  auto table = CASEMENT_TRY(vhdx.block_table(context.limits));
  VhdxDisk disk = {.file = std::move(vhdx.replay.bytes),
                   .table = std::move(table),
                   .metadata = std::move(vhdx.metadata),
                   .parent = std::move(parent),
                   .cache = context.cache,
                   .owner = context.next_owner()};
  if (const std::uint64_t truncated = count_truncated_blocks(disk); truncated != 0) {
    opened.diagnostics.add(Severity::error, "vhdx-truncated",
                           fmt::format("{} blocks lie past the end of the file at 0x{:x}: they "
                                       "cannot be read",
                                       truncated, disk.file->size()));
  }
  opened.disk = make_vhdx_source(std::move(disk));
  return opened;
}

}  // namespace casement

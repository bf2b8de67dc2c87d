// SPDX-License-Identifier: Apache-2.0
// From a footer to a disk.
#include "vfs/container/vhd/vhd_container.h"

#include <fmt/format.h>

#include <utility>

#include "vfs/container/size_text.h"
#include "vfs/container/vhd/block_table.h"
#include "vfs/container/vhd/dynamic_header.h"
#include "vfs/container/vhd/footer.h"
#include "vfs/container/vhd/vhd_layout.h"
#include "vfs/container/vhd/vhd_parent.h"
#include "vfs/container/vhd/vhd_source.h"

namespace casement {
namespace {

/// Joins the parts of the line for people.
std::string detail_text(const char* type, const FoundVhdFooter& found, const std::string& extra) {
  return fmt::format("{}, {}{}, created by {}{}", type, size_text(found.disk_size()), extra,
                     found.footer.creator,
                     found.footer.saved_state ? ", of a suspended machine" : "");
}

void open_fixed(const ContainerFile& file, const FoundVhdFooter& found, OpenedContainer& opened) {
  const std::uint64_t size = found.disk_size();
  if (size != found.footer.current_size) {
    opened.diagnostics.add(
        Severity::note, "vhd-size-from-geometry",
        fmt::format("the footer says {} bytes, the file holds {}: as many as the geometry",
                    found.footer.current_size, found.offset));
  }
  if (size > found.offset) {
    opened.diagnostics.add(Severity::error, "vhd-truncated",
                           fmt::format("a disk of 0x{:x} bytes, but the file holds 0x{:x}: the "
                                       "rest cannot be read",
                                       size, found.offset));
  }
  opened.disk = make_fixed_vhd_source(file.source, found.offset, size);
  opened.detail = detail_text("fixed", found, "");
}

Result<void> open_dynamic(const ContainerFile& file, const FoundVhdFooter& found,
                          const ContainerContext& context, OpenedContainer& opened) {
  const auto header =
      CASEMENT_TRY(VhdDynamicHeader::read(*file.source, found.footer.header_offset));
  if (!header.checksum_valid) {
    opened.diagnostics.add(Severity::warning, "vhd-header-checksum",
                           fmt::format("the checksum of the dynamic header at 0x{:x} is wrong, its "
                                       "fields are plausible",
                                       found.footer.header_offset));
  }
  // The parent before the table: a chain that loops ends before tables pile up in memory.
  SourcePtr parent;
  const bool differencing = found.footer.type == VhdType::differencing;
  if (differencing) {
    parent = CASEMENT_TRY(open_vhd_parent(file, header, context, opened));
  }
  auto table = CASEMENT_TRY(VhdBlockTable::read(*file.source, header, found.disk_size(),
                                                context.limits, opened.diagnostics));
  const std::string extra = fmt::format(", {} of {} blocks of {}", table.present_count(),
                                        table.size(), size_text(header.block_size()));
  opened.detail = detail_text(differencing ? "differencing" : "dynamic", found, extra);
  DynamicVhd vhd = {.file = file.source,
                    .table = std::move(table),
                    .block_shift = header.block_shift,
                    .disk_size = found.disk_size(),
                    .parent = std::move(parent),
                    .cache = context.cache,
                    .owner = context.next_owner()};
  if (const std::uint64_t truncated = count_truncated_blocks(vhd); truncated != 0) {
    opened.diagnostics.add(Severity::error, "vhd-truncated",
                           fmt::format("{} blocks lie past the end of the file at 0x{:x}: they "
                                       "cannot be read",
                                       truncated, file.source->size()));
  }
  opened.disk = make_dynamic_vhd_source(std::move(vhd));
  return {};
}

}  // namespace

Result<bool> probe_vhd(const ContainerFile& file) {
  return has_vhd_footer(*file.source);
}

Result<OpenedContainer> open_vhd(const ContainerFile& file, const ContainerContext& context) {
  OpenedContainer opened;
  opened.format = "vhd";
  opened.sector_size = vhd_layout::sector_size;
  const auto found = CASEMENT_TRY(find_vhd_footer(*file.source, opened.diagnostics));
  if (found.footer.type == VhdType::fixed) {
    open_fixed(file, found, opened);
  } else {
    CASEMENT_TRY(open_dynamic(file, found, context, opened));
  }
  return opened;
}

}  // namespace casement

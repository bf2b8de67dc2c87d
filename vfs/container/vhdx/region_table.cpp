// SPDX-License-Identifier: Apache-2.0
// Region table: checksum, entries, and the two regions that every VHDX has.
#include "vfs/container/vhdx/region_table.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "vfs/container/vhdx/vhdx_header.h"
#include "vfs/container/vhdx/vhdx_ids.h"
#include "vfs/container/vhdx/vhdx_layout.h"

namespace casement {
namespace {

using vhdx_layout::RegionTableEntry;
using vhdx_layout::RegionTableHeader;

/// All entries of one copy.
Result<std::vector<VhdxRegion>> read_copy(const ByteSource& source, std::uint64_t offset) {
  std::vector<std::byte> raw(vhdx_layout::region_table_size);
  CASEMENT_TRY(source.read(offset, raw));
  const auto header = CASEMENT_TRY(load<RegionTableHeader>(raw, 0, "region table"));
  if (std::string_view(header.signature.data(), 4) != "regi") {
    return fail(Status::corrupt, "no signature \"regi\"");
  }
  const std::uint32_t checksum = vhdx_checksum(raw, offsetof(RegionTableHeader, checksum));
  if (checksum != header.checksum.value()) {
    return fail(Status::corrupt, fmt::format("checksum 0x{:08x}, computed 0x{:08x}",
                                             header.checksum.value(), checksum));
  }
  const std::uint32_t count = header.entry_count.value();
  if (count > vhdx_layout::max_table_entries) {
    return fail(Status::corrupt,
                fmt::format("{} entries, at most {} fit", count, vhdx_layout::max_table_entries));
  }
  std::vector<VhdxRegion> regions;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto entry = CASEMENT_TRY(load<RegionTableEntry>(
        raw, sizeof(RegionTableHeader) + std::uint64_t{i} * sizeof(RegionTableEntry),
        "region table entry"));
    regions.push_back({Guid::from_bytes(entry.id), entry.file_offset.value(), entry.length.value(),
                       (entry.required.value() & 1U) != 0});
  }
  return regions;
}

/// The one region with this id, where regions can lie.
Result<VhdxRegion> take_region(const std::vector<VhdxRegion>& regions, const Guid& id) {
  const VhdxRegion* found = nullptr;
  for (const VhdxRegion& region : regions) {
    if (region.id == id) {
      if (found != nullptr) {
        return fail(Status::corrupt,
                    fmt::format("the region \"{}\" is listed twice", vhdx_region_name(id)));
      }
      found = &region;
    }
  }
  if (found == nullptr) {
    return fail(Status::corrupt, fmt::format("no region \"{}\"", vhdx_region_name(id)));
  }
  if (found->offset < vhdx_layout::mib || found->offset % vhdx_layout::mib != 0 ||
      found->length == 0 || found->length % vhdx_layout::mib != 0) {
    return fail(Status::corrupt,
                fmt::format("the region \"{}\" has 0x{:x} bytes at 0x{:x}, expected multiples of "
                            "1 MiB",
                            vhdx_region_name(id), found->length, found->offset));
  }
  return *found;
}

}  // namespace

const char* vhdx_region_name(const Guid& id) noexcept {
  if (id == vhdx_ids::block_table_region) {
    return "block table";
  }
  return id == vhdx_ids::metadata_region ? "metadata" : "";
}

Result<VhdxRegionTable> VhdxRegionTable::read(const ByteSource& source, Diagnostics& diagnostics) {
  VhdxRegionTable table;
  std::optional<Error> damage;
  bool found = false;
  for (const std::uint64_t offset : vhdx_layout::region_table_offsets) {
    auto regions = read_copy(source, offset);
    if (regions) {
      table.regions = std::move(regions).take();
      found = true;
      break;
    }
    Error error = std::move(regions).error().context(fmt::format("region table at 0x{:x}", offset));
    if (error.status() == Status::io_failed) {
      return std::unexpected(std::move(error));
    }
    if (!damage) {
      damage = std::move(error);
    }
  }
  if (!found) {
    return std::unexpected(
        Error(Status::corrupt, "both region tables are damaged: " + damage->message()));
  }
  if (damage) {
    diagnostics.add(Severity::warning, "vhdx-region-table-damaged",
                    damage->message() + "; its copy is used");
  }
  for (const VhdxRegion& region : table.regions) {
    if (region.required && *vhdx_region_name(region.id) == '\0') {
      return fail(Status::unsupported,
                  fmt::format("region table: region {} is not known, but required to read the disk",
                              region.id.to_string()));
    }
  }
  table.block_table = CASEMENT_TRY(take_region(table.regions, vhdx_ids::block_table_region));
  table.metadata = CASEMENT_TRY(take_region(table.regions, vhdx_ids::metadata_region));
  return table;
}

}  // namespace casement

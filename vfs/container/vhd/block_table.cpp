// SPDX-License-Identifier: Apache-2.0
// Reading the table once, whole.
#include "vfs/container/vhd/block_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "vfs/container/vhd/vhd_layout.h"

namespace casement {
namespace {

constexpr std::uint64_t entry_size = sizeof(be32);

}  // namespace

Result<VhdBlockTable> VhdBlockTable::read(const ByteSource& source, const VhdDynamicHeader& header,
                                          std::uint64_t disk_size, const Limits& limits,
                                          Diagnostics& diagnostics) {
  const std::uint64_t needed = ((disk_size - 1) >> header.block_shift) + 1;
  const std::uint64_t left =
      source.size() > header.table_offset ? source.size() - header.table_offset : 0;
  const std::uint64_t count =
      std::min({needed, std::uint64_t{header.table_entries}, left / entry_size});
  if (count == 0) {
    return fail(Status::corrupt,
                fmt::format("block table at 0x{:x}: {} entries, and the file has 0x{:x} bytes",
                            header.table_offset, header.table_entries, source.size()));
  }
  if (count > limits.max_table_size / entry_size) {
    return fail(Status::limit_exceeded,
                fmt::format("block table at 0x{:x}: {} entries, at most {} bytes of a table are "
                            "read",
                            header.table_offset, count, limits.max_table_size));
  }
  if (count < needed) {
    diagnostics.add(Severity::error, "vhd-table-short",
                    fmt::format("the block table at 0x{:x} has {} entries, the disk has {} blocks: "
                                "the others cannot be read",
                                header.table_offset, count, needed));
  }
  std::vector<be32> sectors(count);
  CASEMENT_TRY(
      source.read(header.table_offset, std::as_writable_bytes(std::span(sectors)))
          .with_context([&] { return fmt::format("block table at 0x{:x}", header.table_offset); }));
  return VhdBlockTable(std::move(sectors));
}

std::optional<std::uint64_t> VhdBlockTable::find(std::uint64_t block) const noexcept {
  const std::uint32_t sector = sectors_[block].value();
  if (sector == vhd_layout::absent_block) {
    return std::nullopt;
  }
  return std::uint64_t{sector} * vhd_layout::sector_size;
}

std::uint64_t VhdBlockTable::present_count() const noexcept {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      sectors_, [](const be32& sector) { return sector.value() != vhd_layout::absent_block; }));
}

}  // namespace casement

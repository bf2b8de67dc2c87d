// SPDX-License-Identifier: Apache-2.0
// Header of a VDI: field checks.
#include "vfs/container/vdi/vdi_header.h"

#include <fmt/format.h>

#include <array>

#include "vfs/container/vdi/vdi_layout.h"

namespace casement {
namespace {

/// VirtualBox writes 1 MiB; larger blocks than this are not seen.
constexpr std::uint32_t max_block_size = 1U << 30;

Result<VdiType> parse_type(std::uint32_t type) {
  switch (type) {
    case vdi_layout::type::dynamic:
      return VdiType::dynamic;
    case vdi_layout::type::fixed:
      return VdiType::fixed;
    case vdi_layout::type::undo:
      return VdiType::undo;
    case vdi_layout::type::differencing:
      return VdiType::differencing;
    default:
      return fail(Status::unsupported,
                  fmt::format("VDI header at 0x4c: image type {}, known are 1 (dynamic), 2 "
                              "(fixed), 3 (undo) and 4 (differencing)",
                              type));
  }
}

Result<void> check_map(const VdiHeader& header, std::uint32_t present, const ByteSource& file,
                       const Limits& limits) {
  if (header.block_count > present) {
    return fail(Status::corrupt,
                fmt::format("VDI header at 0x180: {} blocks of 0x{:x} bytes, but the disk of "
                            "0x{:x} bytes needs {}",
                            present, header.block_size, header.disk_size, header.block_count));
  }
  const std::uint64_t map_size = std::uint64_t{header.block_count} * 4;
  if (map_size > limits.max_table_size) {
    return fail(Status::limit_exceeded,
                fmt::format("VDI block map of {} bytes: at most {} are taken", map_size,
                            limits.max_table_size));
  }
  if (!in_range(file.size(), header.map_offset, map_size)) {
    return fail(Status::truncated,
                fmt::format("VDI block map of {} entries at 0x{:x}, but the file ends at 0x{:x}",
                            header.block_count, header.map_offset, file.size()));
  }
  return {};
}

}  // namespace

Result<VdiHeader> VdiHeader::read(const ByteSource& file, const Limits& limits) {
  std::array<std::byte, sizeof(vdi_layout::Header)> raw{};
  CASEMENT_TRY(file.read(0, raw).with_context([] { return "VDI header"; }));
  const auto disk = CASEMENT_TRY(load<vdi_layout::Header>(raw, 0, "VDI header"));
  if (disk.signature.value() != vdi_layout::signature) {
    return fail(Status::bad_format,
                fmt::format("VDI header at 0x40: signature 0x{:08x}, expected 0x{:08x}",
                            disk.signature.value(), vdi_layout::signature));
  }
  if (disk.version.value() != vdi_layout::version_1_1) {
    return fail(Status::unsupported,
                fmt::format("VDI header at 0x44: version {}.{}, known is 1.1",
                            disk.version.value() >> 16, disk.version.value() & 0xFFFF));
  }
  VdiHeader header;
  header.type = CASEMENT_TRY(parse_type(disk.type.value()));
  header.disk_size = disk.disk_size.value();
  header.block_size = disk.block_size.value();
  header.block_extra = disk.block_extra.value();
  if (header.block_size == 0 || header.block_size % 512 != 0 ||
      header.block_size > max_block_size) {
    return fail(Status::corrupt,
                fmt::format("VDI header at 0x178: blocks of 0x{:x} bytes, expected a multiple of "
                            "512 up to 0x{:x}",
                            header.block_size, max_block_size));
  }
  const std::uint64_t blocks =
      header.disk_size / header.block_size + (header.disk_size % header.block_size != 0 ? 1 : 0);
  if (blocks > 0xFFFF'FFFF) {
    return fail(Status::corrupt,
                fmt::format("VDI header at 0x170: a disk of 0x{:x} bytes needs more than 2^32 "
                            "blocks of 0x{:x}",
                            header.disk_size, header.block_size));
  }
  header.block_count = static_cast<std::uint32_t>(blocks);
  header.map_offset = disk.map_offset.value();
  header.data_offset = disk.data_offset.value();
  header.sector_size = disk.sector_size.value();
  header.id = Guid::from_bytes(disk.id);
  header.modified_id = Guid::from_bytes(disk.modified_id);
  header.parent_id = Guid::from_bytes(disk.parent_id);
  header.parent_modified_id = Guid::from_bytes(disk.parent_modified_id);
  CASEMENT_TRY(check_map(header, disk.block_count.value(), file, limits));
  return header;
}

}  // namespace casement

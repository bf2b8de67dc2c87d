// SPDX-License-Identifier: Apache-2.0
// Dynamic header: field checks.
#include "vfs/container/vhd/dynamic_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <string_view>

#include "vfs/container/vhd/vhd_checksum.h"
#include "vfs/container/vhd/vhd_layout.h"

namespace casement {
namespace {

using vhd_layout::DynamicHeader;

constexpr std::string_view header_cookie = "cxsparse";
constexpr std::uint32_t major_version = 1;

/// UTF-16BE up to the first NUL.
std::u16string parse_name(Bytes raw) {
  std::u16string name;
  for (std::size_t i = 0; i + 1 < raw.size(); i += 2) {
    const auto unit = static_cast<char16_t>((std::to_integer<unsigned>(raw[i]) << 8) |
                                            std::to_integer<unsigned>(raw[i + 1]));
    if (unit == u'\0') {
      break;
    }
    name += unit;
  }
  return name;
}

VhdParentLocator parse_locator(const vhd_layout::ParentLocator& disk) {
  VhdParentLocator locator;
  for (const char c : disk.platform) {
    if (c > ' ' && c <= '~') {
      locator.platform += c;
    }
  }
  locator.offset = disk.data_offset.value();
  locator.length = disk.data_size.value();
  return locator;
}

}  // namespace

Result<VhdDynamicHeader> VhdDynamicHeader::read(const ByteSource& source, std::uint64_t offset) {
  std::array<std::byte, sizeof(DynamicHeader)> raw{};
  CASEMENT_TRY(source.read(offset, raw).with_context([&] {
    return fmt::format("dynamic header at 0x{:x}", offset);
  }));
  const auto disk = CASEMENT_TRY(load<DynamicHeader>(raw, 0, "dynamic header"));
  if (std::string_view(disk.cookie.data(), disk.cookie.size()) != header_cookie) {
    return fail(Status::corrupt,
                fmt::format("dynamic header at 0x{:x}: no cookie \"{}\"", offset, header_cookie));
  }
  if (disk.version.value() >> 16 != major_version) {
    return fail(Status::unsupported,
                fmt::format("dynamic header at 0x{:x}: version {}.{}, expected 1.0", offset,
                            disk.version.value() >> 16, disk.version.value() & 0xFFFFU));
  }
  const std::uint32_t block_size = disk.block_size.value();
  if (!std::has_single_bit(block_size) || block_size < vhd_layout::sector_size) {
    return fail(Status::corrupt,
                fmt::format("dynamic header at 0x{:x}: blocks of {} bytes, expected a power of two "
                            "of at least 512",
                            offset, block_size));
  }

  VhdDynamicHeader header;
  header.checksum_valid =
      vhd_checksum(raw, offsetof(DynamicHeader, checksum)) == disk.checksum.value();
  header.table_offset = disk.table_offset.value();
  header.table_entries = disk.table_entries.value();
  header.block_shift = static_cast<std::uint32_t>(std::countr_zero(block_size));
  header.parent_id = vhd_guid(disk.parent_id);
  header.parent_name = parse_name(disk.parent_name);
  std::ranges::transform(disk.locators, header.locators.begin(), parse_locator);
  return header;
}

}  // namespace casement

// SPDX-License-Identifier: Apache-2.0
// Header checks in the order of the UEFI specification: signature, checksum, fields.
#include "vfs/volume/gpt_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "vfs/core/crc32.h"
#include "vfs/volume/gpt_layout.h"

namespace casement {
namespace {

using namespace gpt_layout;

/// The specification asks for 128 x 2^n; a sector is more than any name needs.
constexpr std::uint32_t largest_entry = 4096;

bool has_good_checksum(Bytes sector, const Header& header) {
  const std::uint32_t size = header.header_size.value();
  if (size < sizeof(Header) || size > sector.size()) {
    return false;
  }
  constexpr std::array<std::byte, 4> zeros{};
  std::uint32_t crc = crc32(sector.first(header_crc_offset));
  crc = crc32(zeros, crc);
  const std::size_t behind = header_crc_offset + zeros.size();
  crc = crc32(sector.subspan(behind, size - behind), crc);
  return crc == header.header_crc.value();
}

}  // namespace

Result<GptHeader> parse_gpt_header(Bytes sector) {
  const Header header = CASEMENT_TRY(load<Header>(sector, 0, "GPT header"));
  const Bytes wanted = std::as_bytes(std::span(signature));
  if (!std::equal(wanted.begin(), wanted.end(), header.signature.begin())) {
    return fail(Status::bad_format, "no EFI PART signature");
  }
  const std::uint32_t entry_size = header.entry_size.value();
  if (entry_size < sizeof(Entry) || entry_size > largest_entry || entry_size % 8 != 0) {
    return fail(Status::corrupt, fmt::format("entries of {} bytes, expected {} to {}", entry_size,
                                             sizeof(Entry), largest_entry));
  }
  return GptHeader{.disk_id = Guid::from_bytes(header.disk_id),
                   .lba = header.my_lba.value(),
                   .alternate_lba = header.alternate_lba.value(),
                   .entries_lba = header.entries_lba.value(),
                   .entry_count = header.entry_count.value(),
                   .entry_size = entry_size,
                   .entries_crc = header.entries_crc.value(),
                   .checksum_good = has_good_checksum(sector, header)};
}

}  // namespace casement

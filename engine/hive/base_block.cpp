// SPDX-License-Identifier: Apache-2.0
// Base block: checksum and field checks.
#include "engine/hive/base_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "engine/hive/hive_layout.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::uint32_t oldest_minor = 3;  // Windows NT 4; NT 3.1 to 3.5 lay cells out otherwise
constexpr std::uint32_t newest_minor = 6;  // Windows 10 1607, differencing hives

std::uint32_t compute_checksum(Bytes head) noexcept {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < 127; ++i) {
    sum ^= get_le<std::uint32_t>(head, 4 * i);
  }
  if (sum == 0) {
    return 1;
  }
  return sum == 0xFFFF'FFFF ? 0xFFFF'FFFE : sum;
}

std::string printable(std::span<const char, 4> signature) {
  std::string text;
  for (const char c : signature) {
    text += std::isprint(static_cast<unsigned char>(c)) != 0
                ? std::string(1, c)
                : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
  return text;
}

std::unexpected<Error> wrong_signature(std::span<const char, 4> signature) {
  if (std::string_view(signature.data(), 4) == "CREG") {
    return fail(Status::bad_format,
                "base block at 0x0: signature \"CREG\": a registry file of Windows 95, 98 or Me, "
                "which is not supported; expected \"regf\"");
  }
  return fail(Status::bad_format, fmt::format("base block at 0x0: signature \"{}\", expected "
                                              "\"regf\": not a registry hive",
                                              printable(signature)));
}

Result<HiveFileKind> parse_kind(std::uint32_t type) {
  switch (type) {
    case 0:
      return HiveFileKind::primary;
    case 1:
    case 2:  // Windows NT and 2000
      return HiveFileKind::old_log;
    case 6:
      return HiveFileKind::new_log;
    default:
      return fail(Status::corrupt, fmt::format("base block at 0x1c: file type {}, expected 0 "
                                               "(hive), 1, 2 or 6 (log)",
                                               type));
  }
}

std::u16string parse_name(Bytes raw) {
  std::u16string name = from_utf16le(raw);
  name.resize(cut_at_nul(name).size());
  return name;
}

}  // namespace

Result<BaseBlock> BaseBlock::read(const ByteSource& source) {
  std::array<std::byte, hive_layout::base_block_head> head{};
  const auto present = std::min<std::uint64_t>(source.size(), head.size());
  CASEMENT_TRY(source.read(0, std::span(head).first(present)));
  const auto disk = CASEMENT_TRY(load<hive_layout::BaseBlock>(head, 0, "base block"));
  if (std::string_view(disk.signature.data(), 4) != "regf") {
    return wrong_signature(disk.signature);
  }
  if (present < head.size()) {
    return fail(Status::truncated, fmt::format("base block at 0x0: needs {} bytes, the file has {}",
                                               head.size(), source.size()));
  }

  BaseBlock block;
  block.checksum_valid = compute_checksum(head) == disk.checksum.value();
  block.kind = CASEMENT_TRY(parse_kind(disk.file_type.value()));
  block.primary_sequence = disk.primary_sequence.value();
  block.secondary_sequence = disk.secondary_sequence.value();
  block.last_written = {disk.last_written.value()};
  block.major_version = disk.major_version.value();
  block.minor_version = disk.minor_version.value();
  if (block.major_version != 1 || block.minor_version < oldest_minor ||
      block.minor_version > newest_minor) {
    return fail(Status::unsupported,
                fmt::format("base block at 0x14: hive version {}.{}, supported are 1.{} to 1.{}",
                            block.major_version, block.minor_version, oldest_minor, newest_minor));
  }
  if (disk.file_format.value() != 1) {
    return fail(Status::corrupt, fmt::format("base block at 0x20: file format {}, expected 1",
                                             disk.file_format.value()));
  }
  block.root_cell = disk.root_cell.value();
  block.bins_size = disk.bins_size.value();
  if (block.bins_size == 0 || block.bins_size % hive_layout::page_size != 0) {
    return fail(Status::corrupt,
                fmt::format("base block at 0x28: 0x{:x} bytes of hive bins, expected a positive "
                            "multiple of 4096",
                            block.bins_size));
  }
  block.clustering_factor = disk.clustering_factor.value();
  if (block.clustering_factor == 0 || block.clustering_factor > 8) {
    // 8 is a sector of 4096 bytes; the factor only places the parts of an old log.
    block.clustering_factor = 1;
  }
  block.file_name = parse_name(disk.file_name);
  const auto older_mark = Bytes(head).subspan(0xA8, 4);
  block.written_by_offreg = std::string_view(disk.offreg.data(), 4) == "OfRg" ||
                            std::ranges::equal(older_mark, std::as_bytes(std::span("OfRg", 4)));
  return block;
}

}  // namespace casement

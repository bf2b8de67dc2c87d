// SPDX-License-Identifier: Apache-2.0
// Reading the header at the start, and of pipable files the one at the end.
#include "vfs/wim/part_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace casement::wim {
namespace {

namespace flag = wim_layout::header_flag;

constexpr std::uint64_t header_size = sizeof(wim_layout::Header);
/// What a header without a chunk size means: the only size that WIMGAPI wrote before Windows 8.
constexpr std::uint32_t usual_chunk_size = 32768;

enum class Magic : std::uint8_t { none, usual, pipable };

Magic magic_of(const std::array<char, 8>& magic) noexcept {
  if (magic == wim_layout::magic) {
    return Magic::usual;
  }
  return magic == wim_layout::pipable_magic ? Magic::pipable : Magic::none;
}

Result<wim_layout::Header> read_header_at(const ByteSource& file, std::uint64_t offset) {
  std::array<std::byte, header_size> raw{};
  CASEMENT_TRY(file.read(offset, raw));
  return load<wim_layout::Header>(raw, 0, "WIM header");
}

Result<Compression> compression_of(const ByteSource& file, std::uint32_t flags) {
  if ((flags & flag::compressed) == 0) {
    return Compression::none;
  }
  if ((flags & flag::lzx) != 0) {
    return Compression::lzx;
  }
  if ((flags & (flag::xpress | flag::xpress_2)) != 0) {
    return Compression::xpress;
  }
  if ((flags & flag::lzms) != 0) {
    return Compression::lzms;
  }
  return fail(
      Status::unsupported,
      fmt::format("{}: flags 0x{:08x} name no compression that is known (XPRESS, LZX, LZMS)",
                  file.describe(), flags));
}

Result<void> check_header(const ByteSource& file, const wim_layout::Header& disk) {
  if (disk.header_size.value() != header_size) {
    return fail(Status::corrupt, fmt::format("{}: header of {} bytes, expected {}", file.describe(),
                                             disk.header_size.value(), header_size));
  }
  const std::uint32_t version = disk.version.value();
  if (version != wim_layout::usual_version && version != wim_layout::solid_version) {
    return fail(
        Status::unsupported,
        fmt::format("{}: WIM version 0x{:08x}; known are 0x{:08x} and 0x{:08x}", file.describe(),
                    version, wim_layout::usual_version, wim_layout::solid_version));
  }
  const std::uint16_t part = disk.part.value();
  const std::uint16_t part_count = disk.part_count.value();
  if (part == 0 || part > part_count) {
    return fail(Status::corrupt, fmt::format("{}: part {} of {}, expected a part from 1",
                                             file.describe(), part, part_count));
  }
  return {};
}

}  // namespace

ResourceLocation to_location(const wim_layout::ResourceHeader& disk) noexcept {
  constexpr int size_bits = 56;
  const std::uint64_t mixed = disk.stored_size_and_flags.value();
  return {.offset = disk.offset.value(),
          .stored_size = mixed & ((std::uint64_t{1} << size_bits) - 1),
          .size = disk.size.value(),
          .flags = static_cast<std::uint8_t>(mixed >> size_bits)};
}

Result<PartHeader> read_part_header(const ByteSource& file) {
  if (!CASEMENT_TRY(probe_wim(file))) {
    return fail(Status::bad_format, fmt::format("{}: no WIM header at its start", file.describe()));
  }
  wim_layout::Header disk = CASEMENT_TRY(read_header_at(file, 0));
  const bool pipable = magic_of(disk.magic) == Magic::pipable;
  if (pipable) {
    // The one at the start was written before the places of the tables were known.
    disk = CASEMENT_TRY(read_header_at(file, file.size() - header_size));
    if (magic_of(disk.magic) != Magic::pipable) {
      return fail(Status::truncated,
                  fmt::format("{}: a pipable WIM without the header that belongs at its end: it "
                              "was not written to its end",
                              file.describe()));
    }
  }
  CASEMENT_TRY(check_header(file, disk));
  PartHeader part{.header = {},
                  .blob_table = to_location(disk.blob_table),
                  .xml = to_location(disk.xml),
                  .boot_metadata = to_location(disk.boot_metadata),
                  .integrity = to_location(disk.integrity)};
  WimHeader& header = part.header;
  header.version = disk.version.value();
  header.flags = disk.flags.value();
  header.compression = CASEMENT_TRY(compression_of(file, header.flags));
  if (header.compression != Compression::none) {
    header.chunk_size = disk.chunk_size.value() == 0 ? usual_chunk_size : disk.chunk_size.value();
  }
  header.guid = Guid::from_bytes(disk.guid);
  header.part = disk.part.value();
  header.part_count = disk.part_count.value();
  header.image_count = disk.image_count.value();
  header.boot_index = disk.boot_index.value();
  header.pipable = pipable;
  header.has_integrity_table = !part.integrity.is_absent();
  header.read_only = (header.flags & flag::read_only) != 0;
  header.reparse_points_fixed = (header.flags & flag::reparse_points_fixed) != 0;
  header.write_in_progress = (header.flags & flag::write_in_progress) != 0;
  return part;
}

Result<bool> probe_wim(const ByteSource& source) {
  std::array<char, 8> magic{};
  if (source.size() < magic.size()) {
    return false;
  }
  CASEMENT_TRY(source.read(0, std::as_writable_bytes(std::span(magic))));
  return magic_of(magic) != Magic::none;
}

const char* to_string(Compression compression) noexcept {
  switch (compression) {
    case Compression::none:
      return "none";
    case Compression::xpress:
      return "XPRESS";
    case Compression::lzx:
      return "LZX";
    case Compression::lzms:
      break;
  }
  return "LZMS";
}

}  // namespace casement::wim
